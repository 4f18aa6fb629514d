//! Units that stand in a header and hold for the bare numbers below it: `回复时长(天)`, `赔偿金额(万元)`, `满意度(%)`.

/// A unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Hours.
    Hours,
    /// Minutes; of a score, points.
    Minutes,
    /// Seconds.
    Seconds,
    /// Yuan.
    Yuan,
    /// Thousands of yuan.
    ThousandYuan,
    /// Tens of thousands of yuan.
    TenThousandYuan,
    /// Hundredths.
    Percent,
    /// Metres.
    Metres,
    /// Kilometres.
    Kilometres,
    /// Chinese miles of 500 m.
    Li,
}

impl Unit {
    /// The unit of a text as it stands in brackets or behind `/`, folded. Working days are no unit: how long they last is not
    /// known here.
    #[must_use]
    pub fn named(folded: &str) -> Option<Self> {
        let text = folded.strip_prefix("单位").unwrap_or(folded);
        Some(match text {
            "天" | "日" | "d" | "day" | "days" | "自然日" | "日历天" => Self::Days,
            "小时" | "时" | "h" | "hr" | "hrs" | "hour" | "hours" | "个小时" => Self::Hours,
            "分钟" | "分" | "min" | "mins" | "minute" | "minutes" => Self::Minutes,
            "秒" | "s" | "sec" | "secs" | "second" | "seconds" => Self::Seconds,
            "元" | "人民币" | "人民币元" | "rmb" | "cny" | "yuan" | "¥" => Self::Yuan,
            "千元" => Self::ThousandYuan,
            "万元" | "万" | "人民币万元" => Self::TenThousandYuan,
            "米" | "公尺" | "m" | "metre" | "metres" | "meter" | "meters" => Self::Metres,
            "公里" | "千米" | "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => {
                Self::Kilometres
            }
            "里" | "华里" | "市里" => Self::Li,
            "%" | "百分比" | "百分数" | "percent" => Self::Percent,
            _ => return None,
        })
    }

    /// Yuan in one of this unit, where it is one of money.
    #[must_use]
    pub fn yuan(self) -> Option<f64> {
        match self {
            Self::Yuan => Some(1.0),
            Self::ThousandYuan => Some(1_000.0),
            Self::TenThousandYuan => Some(10_000.0),
            _ => None,
        }
    }

    /// Metres in one of this unit, where it is one of length.
    #[must_use]
    pub fn metres(self) -> Option<f64> {
        match self {
            Self::Metres => Some(1.0),
            Self::Kilometres => Some(1_000.0),
            Self::Li => Some(500.0),
            _ => None,
        }
    }

    /// Seconds in one of this unit, where it is one of time.
    #[must_use]
    pub fn seconds(self) -> Option<f64> {
        match self {
            Self::Days => Some(86_400.0),
            Self::Hours => Some(3_600.0),
            Self::Minutes => Some(60.0),
            Self::Seconds => Some(1.0),
            _ => None,
        }
    }
}
