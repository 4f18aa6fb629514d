//! One text or number → one typed value. Pure parsers; what they cannot read they say so.

pub mod answer;
pub mod blank;
pub mod duration;
pub mod han;
pub mod label;
pub mod moment;
pub mod number;
pub mod numeral;
pub mod period;
pub mod phone;
pub mod place;
pub mod rating;
mod scanner;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::moment::DateContext;
    use super::{moment, number, numeral, phone, place, rating};

    proptest! {
        #[test]
        fn no_text_makes_a_parser_panic(text in "[一二三十百千万零年月日时点分半上下午号栋单元室#√×□☑满意不较0-9.,:/()+ -]{0,24}|.*") {
            let context = DateContext { year: Some(2025), ..DateContext::default() };
            let _ = (moment::parse(&text, context), moment::parse_time(&text), number::parse(&text), numeral::parse(&text));
            let _ = (phone::numbers(&text), phone::agree(&text, "13800138000"), place::building(&text));
            let _ = (rating::Level::parse(&text), rating::option_list(&text), rating::score(&text), rating::mark(&text));
        }

        #[test]
        fn a_comparable_place_stays_as_it_is(text in "[一二三0-9]{1,3}(栋|号楼|#|-|座)[1-9](单元|-)[0-9]{1,4}(室|)|[东门岗亭大堂A-Za-z0-9 -]{0,12}") {
            let once = place::comparable(&text).into_owned();
            prop_assert_eq!(place::comparable(&once).into_owned(), once);
        }

        #[test]
        fn no_number_makes_the_parser_panic(number in proptest::num::f64::ANY) {
            let _ = moment::parse_number(number, DateContext { year: Some(2025), ..DateContext::default() });
        }
    }
}
