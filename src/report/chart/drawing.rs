//! A drawing: shapes and texts at their places, as the template draws them.
//!
//! Shapes of one class are one path, so that a chart of a hundred bars is as light on the page as one of three. Every text keeps its
//! box by estimate: [`Drawing::place`] takes the first of several places where a text meets no other, and none where it always would.

use serde::Serialize;

use super::text::{balanced, width};

/// Size of the text in charts.
pub(crate) const TEXT: f64 = 12.0;

/// Height of a line of text: the boxes of two lines, as a browser measures them, do not meet.
pub(crate) const LINE: f64 = 18.0;

/// How far a text reaches above and below its line of writing, in em, in the faces that the style sheet names.
const ABOVE: f64 = 1.16;
const BELOW: f64 = 0.3;

/// From the middle of a text down to its line of writing.
pub(crate) const MIDDLE: f64 = 4.4;

/// Bold letters are a little wider.
const BOLD: f64 = 1.06;

/// For which screen a drawing is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A page, a projector, paper.
    Wide,
    /// A phone.
    Narrow,
}

impl Layout {
    /// Width of a drawing in its own units; on a phone of 390 pixels and on paper one is about a pixel.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 348.0,
        }
    }

    /// One of two, by the layout.
    pub(crate) fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// How a text stands to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A name.
    Label,
    /// A name or number that is emphasised.
    Strong,
    /// A number on an axis, or an axis' title.
    Tick,
    /// A number in the chart; what runs behind it is held off by a rim.
    Value,
    /// A number that is emphasised, with a rim.
    StrongValue,
    /// What belongs to a target.
    Target,
    /// On paper or on a light ground.
    Inside,
    /// On a dark ground.
    OnDark,
    /// On pale hatching.
    OnGrain,
    /// On dark hatching.
    OnHatching,
    /// Missed, late.
    Bad,
}

impl Role {
    fn class(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Strong => "strong",
            Self::Tick => "tick",
            Self::Value => "value",
            Self::StrongValue => "value strong",
            Self::Target => "target",
            Self::Inside => "inside",
            Self::OnDark => "on-dark",
            Self::OnGrain => "on-grain",
            Self::OnHatching => "on-hatching",
            Self::Bad => "missed",
        }
    }

    fn is_bold(self) -> bool {
        matches!(self, Self::Strong | Self::StrongValue | Self::Bad | Self::Target)
    }
}

/// A text at its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) class: String,
    #[serde(skip)]
    anchor: Anchor,
    /// Estimated width, measured once.
    #[serde(skip)]
    breadth: f64,
}

impl Label {
    /// A text; `y` is its line of writing.
    pub(crate) fn new(role: Role, anchor: Anchor, x: f64, y: f64, text: impl Into<String>) -> Self {
        let class = match anchor {
            Anchor::Start => role.class().to_owned(),
            Anchor::Middle => format!("{} middle", role.class()),
            Anchor::End => format!("{} end", role.class()),
        };
        let text = text.into();
        Self { breadth: breadth(role, &text), text, x: tenth(x), y: tenth(y), class, anchor }
    }

    /// The box of the text by estimate.
    pub(crate) fn area(&self) -> Area {
        let breadth = self.breadth;
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - breadth / 2.0,
            Anchor::End => self.x - breadth,
        };
        Area { left, right: left + breadth, top: self.y - ABOVE * TEXT, bottom: self.y + BELOW * TEXT }
    }
}

/// Estimated width of a text.
pub(crate) fn breadth(role: Role, text: &str) -> f64 {
    width(text) * TEXT * if role.is_bold() { BOLD } else { 1.0 }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Whether two rectangles have more than an edge in common.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        const TOUCH: f64 = 0.05;
        self.left + TOUCH < other.right
            && other.left + TOUCH < self.right
            && self.top + TOUCH < other.bottom
            && other.top + TOUCH < self.bottom
    }
}

/// Shapes of one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Mark {
    pub(crate) class: &'static str,
    /// The hatching that fills it; empty where its class does.
    pub(crate) hatch: &'static str,
    pub(crate) path: String,
    #[serde(skip)]
    layer: Layer,
}

/// What is drawn over what: shapes of a layer stand in the order in which they were first drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// Gridlines and bars.
    Ground,
    /// Hatching of bars.
    Hatching,
    /// Lines and dots.
    Lines,
}

/// Hatching that fills shapes, so that they can be told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hatch {
    /// Pale, with lines of the colour of quantities: the many beside the few.
    Pale,
    /// Lines of paper over a colour.
    Over,
    /// Lines of the colour of what is late or missed over a pale one.
    Grain,
    /// Lines of the colour of what is late or missed.
    Late,
}

impl Hatch {
    fn name(self) -> &'static str {
        match self {
            Self::Pale => "pale",
            Self::Over => "over",
            Self::Grain => "grain",
            Self::Late => "late",
        }
    }
}

/// What is drawn in one layout.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Drawing {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Names of the hatchings that marks are filled with.
    pub(crate) hatches: Vec<&'static str>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) texts: Vec<Label>,
    /// Lines and points that a text keeps clear of where it can.
    #[serde(skip)]
    pub(crate) obstacles: Vec<Area>,
    /// How far the shapes reach.
    #[serde(skip)]
    pub(crate) reach: Area,
}

impl Drawing {
    /// An empty one.
    pub(crate) fn new(layout: Layout, height: f64) -> Self {
        let nothing =
            Area { left: f64::INFINITY, right: f64::NEG_INFINITY, top: f64::INFINITY, bottom: f64::NEG_INFINITY };
        Self {
            width: layout.width(),
            height: tenth(height),
            hatches: Vec::new(),
            marks: Vec::new(),
            texts: Vec::new(),
            obstacles: Vec::new(),
            reach: nothing,
        }
    }

    fn mark(&mut self, layer: Layer, (class, hatch): (&'static str, &'static str), path: &str, reach: Area) {
        let all = &mut self.reach;
        (all.left, all.right) = (all.left.min(reach.left), all.right.max(reach.right));
        (all.top, all.bottom) = (all.top.min(reach.top), all.bottom.max(reach.bottom));
        if let Some(mark) = self.marks.iter_mut().find(|mark| (mark.class, mark.hatch) == (class, hatch)) {
            mark.path.push_str(path);
            return;
        }
        let place = self.marks.iter().filter(|mark| mark.layer <= layer).count();
        self.marks.insert(place, Mark { class, hatch, path: path.to_owned(), layer });
    }

    /// A rectangle; one without an extent is not drawn.
    pub(crate) fn bar(&mut self, class: &'static str, area: Area) {
        let (x, y) = (tenth(area.left), tenth(area.top));
        let (breadth, height) = (tenth(area.right - area.left), tenth(area.bottom - area.top));
        if breadth > 0.0 && height > 0.0 {
            self.mark(Layer::Ground, (class, ""), &format!("M{x},{y}h{breadth}v{height}h{}z", -breadth), area);
        }
    }

    /// A hatched rectangle.
    pub(crate) fn hatched(&mut self, hatch: Hatch, area: Area) {
        let (x, y) = (tenth(area.left), tenth(area.top));
        let (breadth, height) = (tenth(area.right - area.left), tenth(area.bottom - area.top));
        if breadth > 0.0 && height > 0.0 {
            if !self.hatches.contains(&hatch.name()) {
                self.hatches.push(hatch.name());
            }
            let path = format!("M{x},{y}h{breadth}v{height}h{}z", -breadth);
            self.mark(Layer::Hatching, ("hatched", hatch.name()), &path, area);
        }
    }

    /// A line along the page.
    pub(crate) fn along(&mut self, class: &'static str, left: f64, right: f64, y: f64) {
        let (left, right, y) = (tenth(left), tenth(right), tenth(y));
        let area = Area { left, right, top: y, bottom: y };
        self.mark(layer_of(class), (class, ""), &format!("M{left},{y}H{right}"), area);
    }

    /// A line down the page.
    pub(crate) fn down(&mut self, class: &'static str, x: f64, top: f64, bottom: f64) {
        let (x, top, bottom) = (tenth(x), tenth(top), tenth(bottom));
        let area = Area { left: x, right: x, top, bottom };
        self.mark(layer_of(class), (class, ""), &format!("M{x},{top}V{bottom}"), area);
    }

    /// A line through points, which texts keep clear of.
    pub(crate) fn line(&mut self, class: &'static str, points: &[(f64, f64)]) {
        const STEP: f64 = 5.0;
        for (place, (x, y)) in points.iter().enumerate() {
            let (x, y) = (tenth(*x), tenth(*y));
            let command = if place == 0 { 'M' } else { 'L' };
            let area = Area { left: x, right: x, top: y, bottom: y };
            self.mark(Layer::Lines, (class, ""), &format!("{command}{x},{y}"), area);
        }
        for pair in points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            let steps = ((x2 - x1).abs().max((y2 - y1).abs()) / STEP).ceil().clamp(1.0, 400.0);
            let mut step = 0.0;
            while step < steps {
                let at = |a: f64, b: f64, step: f64| a + (b - a) * step / steps;
                let (left, right) = (at(x1, x2, step), at(x1, x2, step + 1.0));
                let (one, other) = (at(y1, y2, step), at(y1, y2, step + 1.0));
                self.keep_clear(Area { left, right, top: one.min(other) - 1.0, bottom: one.max(other) + 1.0 });
                step += 1.0;
            }
        }
    }

    /// A dot, which texts keep clear of.
    pub(crate) fn dot(&mut self, class: &'static str, x: f64, y: f64, radius: f64) {
        let (left, y, across) = (tenth(x - radius), tenth(y), 2.0 * radius);
        let area = Area { left, right: left + across, top: y - radius, bottom: y + radius };
        let path = format!("M{left},{y}a{radius},{radius},0,1,0,{across},0a{radius},{radius},0,1,0,{},0z", -across);
        self.mark(Layer::Lines, (class, ""), &path, area);
        self.keep_clear(area);
    }

    /// What texts that can choose their place keep clear of.
    pub(crate) fn keep_clear(&mut self, area: Area) {
        self.obstacles.push(area);
    }

    /// A text where it has to stand.
    pub(crate) fn text(&mut self, label: Label) {
        if !label.text.is_empty() {
            self.texts.push(label);
        }
    }

    /// Puts a text at the first place where it meets no other text and no line, else at the first where it meets no text.
    /// Says whether there was one.
    pub(crate) fn place(&mut self, places: &[Label]) -> bool {
        let is_free = |label: &&Label| {
            let area = label.area();
            self.holds(&area) && self.texts.iter().all(|other| !other.area().meets(&area))
        };
        let free: Vec<&Label> = places.iter().filter(is_free).collect();
        let clear = free.iter().find(|label| {
            let area = label.area();
            self.obstacles.iter().all(|other| !other.meets(&area))
        });
        let Some(label) = clear.or(free.first()).map(|label| (*label).clone()) else { return false };
        self.texts.push(label);
        true
    }

    /// Whether a rectangle lies within the drawing.
    pub(crate) fn holds(&self, area: &Area) -> bool {
        area.left >= -0.05 && area.right <= self.width + 0.05 && area.top >= -0.05 && area.bottom <= self.height + 0.05
    }

    /// A name in lines, the first with its line of writing at `y`; says how many lines there are.
    pub(crate) fn lines(&mut self, role: Role, anchor: Anchor, (x, y): (f64, f64), lines: Vec<String>) -> f64 {
        let mut down = 0.0;
        for line in lines {
            self.text(Label::new(role, anchor, x, y + down, line));
            down += LINE;
        }
        down / LINE
    }
}

/// Gridlines lie under all else.
fn layer_of(class: &str) -> Layer {
    if class == "grid" { Layer::Ground } else { Layer::Lines }
}

/// Breaks a name for a place of a width in units.
pub(crate) fn lines_of(role: Role, text: &str, room: f64, most: usize) -> Vec<String> {
    let bold = if role.is_bold() { BOLD } else { 1.0 };
    balanced(text, room / TEXT / bold, most)
}

/// One decimal is a tenth of a point on paper.
pub(crate) fn tenth(coordinate: f64) -> f64 {
    let rounded = (coordinate * 10.0).round() / 10.0;
    // Minus nought is written with its sign.
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// No two texts overlap, and all texts and shapes lie within the drawing.
    #[track_caller]
    pub(crate) fn assert_sound(drawing: &Drawing) {
        assert!(drawing.height.is_finite() && drawing.height > 0.0 && drawing.height < 20_000.0, "{}", drawing.height);
        for (place, label) in drawing.texts.iter().enumerate() {
            let area = label.area();
            assert!(label.x.is_finite() && label.y.is_finite(), "{label:?}");
            assert!(drawing.holds(&area), "{label:?} {area:?} leaves {}×{}", drawing.width, drawing.height);
            for other in &drawing.texts[place + 1..] {
                assert!(!area.meets(&other.area()), "{label:?} meets {other:?}");
            }
        }
        if !drawing.marks.is_empty() {
            assert!(drawing.holds(&drawing.reach), "{:?} leaves {}×{}", drawing.reach, drawing.width, drawing.height);
        }
        for mark in &drawing.marks {
            assert!(!mark.path.contains("NaN") && !mark.path.contains("inf"), "{mark:?}");
        }
    }

    #[test]
    fn a_text_takes_the_first_free_place_and_stays_away_where_there_is_none() {
        let mut drawing = Drawing::new(Layout::Wide, 100.0);
        drawing.along("mark", 0.0, 760.0, 50.0);
        drawing.keep_clear(Area { left: 0.0, right: 760.0, top: 49.0, bottom: 51.0 });
        let at = |y: f64| Label::new(Role::Value, Anchor::Middle, 100.0, y, "95.0%");
        assert!(drawing.place(&[at(52.0), at(80.0)]));
        assert_eq!(drawing.texts[0].y, 80.0);
        // Rather on the line than nowhere.
        assert!(drawing.place(&[at(81.0), at(52.0)]));
        assert_eq!(drawing.texts[1].y, 52.0);
        assert!(!drawing.place(&[at(81.0), at(53.0), at(-5.0)]));
        assert_sound(&drawing);
    }

    #[test]
    fn shapes_of_one_class_are_one_path() {
        let mut drawing = Drawing::new(Layout::Narrow, 100.0);
        for left in [0.0, 10.0, 20.0] {
            drawing.bar("bar", Area { left, right: left + 5.0, top: 10.0, bottom: 20.0 });
            drawing.bar("bar", Area { left, right: left, top: 10.0, bottom: 20.0 });
        }
        drawing.hatched(Hatch::Pale, Area { left: 0.0, right: 1.0, top: 0.0, bottom: 1.0 });
        assert_eq!(drawing.marks.len(), 2);
        assert_eq!(drawing.marks[0].path, "M0,10h5v10h-5zM10,10h5v10h-5zM20,10h5v10h-5z");
        assert_eq!(drawing.hatches, ["pale"]);
    }
}
