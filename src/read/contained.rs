//! Panics contained: a malformed file must cost that file, never the run, and print nothing of its own.

use std::cell::Cell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic on a malformed file; none when it did.
pub fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = CONTAINED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work)).ok();
    CONTAINED.set(before);
    outcome
}

/// Words a panic that nothing contains for people; one that is contained says nothing.
pub fn word_panics() {
    set_hook(Box::new(|panic| {
        if !CONTAINED.get() {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(
                std::io::stderr(),
                "程序内部出错，没有发布任何结果；请把下面这行和输入文件交给开发者 / an internal error, nothing was published; please \
                 send the line below and the input to the developers\n{panic}"
            );
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_contained_and_the_next_work_is_done() {
        assert_eq!(contained(|| -> u8 { panic!("a malformed file") }), None);
        assert_eq!(contained(|| 7), Some(7));
    }
}
