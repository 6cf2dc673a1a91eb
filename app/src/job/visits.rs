//! The visits of a browser to the list of jobs, in a cookie: jobs posted since the visit before this one are marked as new.

use market::{Duration, Rules, Time};

/// The time without a look at the list after which a visit is over.
const PAUSE: Duration = Duration::minutes(30);
/// The time for which a browser remembers its visits.
const KEPT: Duration = Duration::days(400);

/// The cookie's name.
pub const COOKIE: &str = "jobs-seen";

/// The visits of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visits {
    /// The last look of the visit before this one; none on the first visit.
    pub before: Option<Time>,
    /// The last look of this visit.
    now: Time,
}

impl Visits {
    /// Reads the visits from the cookie's value and adds a look now. A value that can't be read counts as none.
    pub fn read(value: Option<&str>, now: Time) -> Self {
        let (before, last) = value.and_then(|value| value.split_once('.')).unwrap_or_default();
        let time = |text: &str| text.parse().ok().filter(|ms| (1..=now.ms()).contains(ms)).map(Time::from_ms);
        let last = time(last);
        let is_over = last.is_some_and(|last| now.since(last).as_ms() > PAUSE.as_ms());
        Self { before: if is_over { last } else { time(before) }, now }
    }

    /// Returns the `Set-Cookie` header that remembers them.
    pub fn cookie(self, rules: &Rules) -> String {
        let secure = if rules.base_url.starts_with("https://") { "; Secure" } else { "" };
        let before = self.before.map_or(0, Time::ms);
        let kept = KEPT.as_ms() / 1000;
        format!("{COOKIE}={before}.{}; Path=/jobs; Max-Age={kept}; HttpOnly; SameSite=Lax{secure}", self.now.ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_ends_after_a_pause() {
        let minute = |n: i64| Time::from_ms(n * 60_000);
        let look = |visits: Visits, now| {
            let cookie = visits.cookie(&Rules::default());
            let value = cookie.split([';', '=']).nth(1).expect("a value").to_owned();
            Visits::read(Some(&value), now)
        };
        let first = Visits::read(None, minute(10));
        assert_eq!(first.before, None);
        let same = look(first, minute(39));
        assert_eq!(same.before, None, "it is one visit");
        let second = look(same, minute(100));
        assert_eq!(second.before, Some(minute(39)));
        assert_eq!(look(second, minute(101)).before, Some(minute(39)), "it stays while the visit lasts");
        for broken in ["", "x", "1", "a.b", "99999999999999.99999999999999", "-5.-6"] {
            assert_eq!(Visits::read(Some(broken), minute(10)).before, None, "{broken}");
        }
    }
}
