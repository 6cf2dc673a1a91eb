//! Pagination: links to the previous and next page, and to those around by number, that keep every filter.

use leptos::prelude::*;
use market::Page;
use market::page::OFFSET_MAX;

/// The pager of a list; empty when the page shows the whole list.
#[component]
pub fn Pager(
    /// First and last item shown, and the total.
    shown: PageRange,
    /// The page's address with its filters, without `offset`: `/jobs?q=rust`.
    #[prop(into)]
    to: String,
    /// The offset's parameter and the pager's label, for pages with several lists.
    #[prop(default = ("offset", "Pages"))]
    of: (&'static str, &'static str),
) -> impl IntoView {
    let (param, label) = of;
    let link = |offset: Option<i64>, rel: &'static str, text: &'static str| match offset {
        Some(offset) => view! { <a class="btn" href=address(&to, param, offset) rel=rel>{text}</a> }.into_any(),
        None => view! { <a class="btn" aria-disabled="true" role="link">{text}</a> }.into_any(),
    };
    let numbers = shown.pages().into_iter().map(|page| match page {
        Some(page) => {
            let current = (page == shown.page()).then_some("page");
            let to = address(&to, param, page * shown.limit);
            view! { <a class="n" href=to aria-current=current><span class="sr">"Page "</span>{grouped(page + 1)}</a> }.into_any()
        }
        None => view! { <span aria-hidden="true">"…"</span> }.into_any(),
    });
    let numbers = view! { <span class="numbers">{numbers.collect_view()}</span> };
    (shown.total > shown.limit || shown.offset > 0).then(|| {
        view! {
            <nav class="pager" aria-label=label>
                <span>{shown.words()}</span>
                <span class="row">
                    {link(shown.previous(), "prev", "Previous")} {numbers} {link(shown.next(), "next", "Next")}
                </span>
            </nav>
        }
    })
}

/// The position of a page in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRange {
    offset: i64,
    limit: i64,
    count: i64,
    total: i64,
}

impl<T> From<&Page<T>> for PageRange {
    fn from(page: &Page<T>) -> Self {
        let count = i64::try_from(page.items.len()).unwrap_or(i64::MAX);
        Self { offset: page.offset, limit: page.limit, count, total: page.total }
    }
}

impl PageRange {
    fn words(self) -> String {
        if self.count == 0 {
            return format!("Nothing here; the list has {}", grouped(self.total));
        }
        let or_more = if self.total == OFFSET_MAX { " or more" } else { "" };
        format!("{}–{} of {}{or_more}", grouped(self.offset + 1), grouped(self.offset + self.count), grouped(self.total))
    }
    /// Returns the page, counting from 0.
    const fn page(self) -> i64 {
        self.offset / self.limit
    }
    /// Returns the first and the last page and those around this one, with none for a gap; nothing for two pages or fewer.
    fn pages(self) -> Vec<Option<i64>> {
        let last = (self.total - 1).clamp(0, OFFSET_MAX) / self.limit;
        if last < 2 {
            return Vec::new();
        }
        let page = self.page().min(last);
        let mut shown: Vec<i64> = [0].into_iter().chain(page - 1..=page + 1).chain([last]).filter(|n| (0..=last).contains(n)).collect();
        shown.dedup();
        let gaps = shown.iter().zip(shown.iter().skip(1)).map(|(one, next)| (next - one > 1).then_some(None));
        let gaps: Vec<Option<Option<i64>>> = gaps.chain([None]).collect();
        shown.iter().zip(gaps).flat_map(|(page, gap)| [Some(Some(*page)), gap]).flatten().collect()
    }
    fn previous(self) -> Option<i64> {
        // Beyond the end, "previous" leads to the last page.
        let last = (self.total - 1).clamp(0, OFFSET_MAX) / self.limit * self.limit;
        (self.offset > 0).then(|| (self.offset - self.limit).clamp(0, last))
    }
    fn next(self) -> Option<i64> {
        let after = self.offset + self.limit;
        (after < self.total && after <= OFFSET_MAX).then_some(after)
    }
}

fn address(to: &str, param: &str, offset: i64) -> String {
    let (path, place) = to.split_once('#').map_or((to, String::new()), |(path, place)| (path, format!("#{place}")));
    match offset {
        0 => to.to_owned(),
        _ if path.contains('?') => format!("{path}&{param}={offset}{place}"),
        _ => format!("{path}?{param}={offset}{place}"),
    }
}

/// Formats a number with thousands separators: `10,000`.
pub fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_around_are_numbered() {
        let at = |offset: i64, total: i64| {
            let pages = PageRange { offset, limit: 20, count: 20, total }.pages();
            pages.iter().map(|page| page.map_or("…".to_owned(), |page| (page + 1).to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(at(0, 40), "");
        assert_eq!(at(0, 41), "1 2 3");
        assert_eq!(at(0, 311), "1 2 … 16");
        assert_eq!(at(100, 311), "1 … 5 6 7 … 16");
        assert_eq!(at(300, 311), "1 … 15 16");
        assert_eq!(at(9_000, 311), "1 … 15 16", "beyond the end");
        assert_eq!(at(0, OFFSET_MAX), "1 2 … 500");
    }

    #[test]
    fn a_pager_knows_its_neighbours() {
        let shown = PageRange { offset: 20, limit: 20, count: 20, total: 9_999 };
        assert_eq!(shown.words(), "21–40 of 9,999");
        assert_eq!((shown.previous(), shown.next()), (Some(0), Some(40)));
        assert_eq!(address("/jobs", "offset", 0), "/jobs");
        assert_eq!(address("/jobs?q=a", "offset", 40), "/jobs?q=a&offset=40");
        assert_eq!(address("/hire#all", "need", 10), "/hire?need=10#all");
        let last = PageRange { offset: 40, limit: 20, count: 1, total: 41 };
        assert_eq!((last.words().as_str(), last.next()), ("41–41 of 41", None));
        let end = PageRange { offset: 9_980, limit: 20, count: 20, total: OFFSET_MAX };
        assert_eq!(end.words(), "9,981–10,000 of 10,000 or more");
        assert_eq!((end.next(), PageRange { total: 20_000, offset: 10_000, ..end }.next()), (None, None), "no page begins further on");
        let beyond = PageRange { offset: 400, limit: 20, count: 0, total: 21 };
        assert_eq!((beyond.previous(), beyond.next()), (Some(20), None));
    }
}
