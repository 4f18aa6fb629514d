//! OLE containers (.xls, .et, and .xlsx with a password): the table of sectors and the directory, checked before anything is
//! followed. Chains may not run in circles or point beyond the file; nothing is larger than the file says it is.

/// An OLE container whose tables hold together.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The next sector of each.
    next: Vec<u32>,
    /// Streams below this size lie in the stream of small sectors.
    cutoff: u64,
    small_next_start: u32,
    entries: Vec<Entry>,
}

/// A stream of the directory.
struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: u64,
}

/// Marks in the table of sectors: numbers from here on are no sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// Bytes of a small sector, and of an entry of the directory.
const SMALL: usize = 64;
const ENTRY: usize = 128;

/// Kind of the entry that holds the stream of small sectors.
const ROOT: u8 = 5;

impl<'a> Compound<'a> {
    /// Checks the tables and reads the directory.
    ///
    /// # Errors
    /// What does not hold together, in words.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let word = |at: usize| u32_at(bytes, at).ok_or_else(|| "文件头不完整 / the header is cut short".to_owned());
        let shift = word(28)? >> 16;
        if shift != 9 && shift != 12 {
            return Err(format!("扇区大小不对 / a sector size that does not exist: 2^{shift}"));
        }
        let sector = 1_usize << shift;
        let mut compound = Self {
            bytes,
            sector,
            next: Vec::new(),
            cutoff: u64::from(word(56)?),
            small_next_start: word(60)?,
            entries: Vec::new(),
        };
        compound.next = compound.table(word(68)?)?;
        compound.entries = compound.directory(word(48)?)?;
        Ok(compound)
    }

    fn sectors(&self) -> usize {
        (self.bytes.len() / self.sector.max(1)).saturating_sub(1) + 1
    }

    /// The bytes of a sector; the last one of a file may be cut short.
    fn at(&self, sector: u32) -> Result<&'a [u8], String> {
        let from = (sector as usize).saturating_add(1).saturating_mul(self.sector);
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty());
        let rest = rest.ok_or_else(|| format!("扇区在文件之外 / a sector beyond the end of the file: {sector}"))?;
        Ok(&rest[..rest.len().min(self.sector)])
    }

    /// The table of sectors, whose own sectors are listed in the header and in a chain of further lists.
    fn table(&self, mut further: u32) -> Result<Vec<u32>, String> {
        let mut places: Vec<u32> = words(self.bytes.get(76..).unwrap_or_default()).take(109).collect();
        let mut lists = 0;
        while further < LAST_SECTOR {
            lists += 1;
            if lists > self.sectors() {
                return Err(circle());
            }
            let mut list: Vec<u32> = words(self.at(further)?).collect();
            further = list.pop().unwrap_or(END);
            places.append(&mut list);
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place != FREE) {
            if table.len() > self.sectors() {
                break;
            }
            table.extend(words(self.at(place)?));
        }
        Ok(table)
    }

    /// The sectors of a chain.
    fn chain(&self, start: u32) -> Result<Vec<u32>, String> {
        let (mut chain, mut sector) = (Vec::new(), start);
        while sector < LAST_SECTOR {
            if chain.len() > self.sectors() {
                return Err(circle());
            }
            self.at(sector)?;
            chain.push(sector);
            sector = self.next.get(sector as usize).copied().unwrap_or(END);
        }
        Ok(chain)
    }

    fn content(&self, start: u32) -> Result<Vec<u8>, String> {
        let mut content = Vec::new();
        for sector in self.chain(start)? {
            content.extend_from_slice(self.at(sector)?);
        }
        Ok(content)
    }

    fn directory(&self, start: u32) -> Result<Vec<Entry>, String> {
        let content = self.content(start)?;
        let entries = content.as_chunks::<ENTRY>().0.iter().filter(|entry| entry[66] != 0);
        Ok(entries
            .map(|entry| {
                let length = usize::from(u16::from_le_bytes([entry[64], entry[65]])).saturating_sub(2).min(62);
                let units: Vec<u16> =
                    entry[..length].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
                Entry {
                    name: String::from_utf16_lossy(&units),
                    kind: entry[66],
                    start: u32_at(entry, 116).unwrap_or(END),
                    size: u64::from(u32_at(entry, 120).unwrap_or(0)),
                }
            })
            .collect())
    }

    /// Whether there is a stream or folder of a name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream; none where there is no such stream.
    ///
    /// # Errors
    /// When its chain does not hold together.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        let mut content =
            if entry.size < self.cutoff { self.small_content(entry.start)? } else { self.content(entry.start)? };
        content.truncate(size);
        Ok(Some(content))
    }

    /// The records of a workbook, under the name of either generation.
    ///
    /// # Errors
    /// When their chain does not hold together.
    pub(super) fn workbook(&self) -> Result<Option<Vec<u8>>, String> {
        match self.stream("Workbook")? {
            None => self.stream("Book"),
            found => Ok(found),
        }
    }

    fn small_content(&self, start: u32) -> Result<Vec<u8>, String> {
        let root = self.entries.iter().find(|entry| entry.kind == ROOT);
        let store = root.map(|root| self.content(root.start)).transpose()?.unwrap_or_default();
        let next: Vec<u32> = words(&self.content(self.small_next_start)?).collect();
        let (mut content, mut sector, mut steps) = (Vec::new(), start, 0);
        while sector < LAST_SECTOR {
            steps += 1;
            if steps > store.len() / SMALL + 1 {
                return Err(circle());
            }
            let from = (sector as usize).saturating_mul(SMALL);
            let part = store.get(from..).filter(|rest| !rest.is_empty());
            let part = part.ok_or_else(|| format!("小扇区在文件之外 / a small sector beyond the end: {sector}"))?;
            content.extend_from_slice(&part[..part.len().min(SMALL)]);
            sector = next.get(sector as usize).copied().unwrap_or(END);
        }
        Ok(content)
    }
}

fn circle() -> String {
    "扇区链成环 / a chain of sectors runs in a circle".to_owned()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A container of a header, a table of sectors, a directory and two sectors of a stream.
    fn container() -> Vec<u8> {
        let mut bytes = vec![0_u8; 512 * 5];
        bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        let mut put = |at: usize, word: u32| bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        put(28, 0x0009_FFFE);
        put(32, 6);
        put(48, 1);
        put(56, 0);
        put(60, END);
        put(68, END);
        for place in 0..109 {
            put(76 + 4 * place, if place == 0 { 0 } else { FREE });
        }
        for (place, next) in [0xFFFF_FFFD, END, 3, END].into_iter().enumerate() {
            put(512 + 4 * place, next);
        }
        put(1024 + 116, 2);
        put(1024 + 120, 1000);
        for (place, unit) in "Book".encode_utf16().enumerate() {
            bytes[1024 + 2 * place..][..2].copy_from_slice(&unit.to_le_bytes());
        }
        (bytes[1024 + 64], bytes[1024 + 66], bytes[1536]) = (10, 2, 7);
        bytes
    }

    #[test]
    fn a_stream_is_found_by_its_name() {
        let bytes = container();
        let compound = Compound::open(&bytes).unwrap_or_else(|why| panic!("{why}"));
        let stream = compound.stream("BOOK").ok().flatten().unwrap_or_default();
        assert_eq!((stream.len(), stream.first()), (1000, Some(&7)));
        assert!(compound.stream("EncryptedPackage").is_ok_and(|stream| stream.is_none()));
    }

    #[test]
    fn chains_in_a_circle_and_beyond_the_file_are_told() {
        let mut bytes = container();
        bytes[512 + 12] = 2;
        bytes[512 + 13..512 + 16].fill(0);
        let found = Compound::open(&bytes).and_then(|compound| compound.stream("Book").map(|_| ()));
        assert!(found.is_err_and(|why| why.contains("成环")));
        let mut bytes = container();
        bytes[48] = 1;
        bytes[512 + 4] = 1;
        bytes[512 + 5..512 + 8].fill(0);
        assert!(Compound::open(&bytes).err().is_some_and(|why| why.contains("成环")));
        let mut bytes = container();
        bytes[68] = 77;
        bytes[69..72].fill(0);
        assert!(Compound::open(&bytes).err().is_some_and(|why| why.contains("之外")));
    }

    #[test]
    fn no_cut_of_a_container_panics() {
        let bytes = container();
        for length in 8..bytes.len() {
            let _ = Compound::open(&bytes[..length]).map(|compound| compound.stream("Book"));
        }
    }
}
