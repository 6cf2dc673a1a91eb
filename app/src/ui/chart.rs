//! Charts, drawn on the server: an SVG that stretches, labels that keep their size, and the values as a table.

use super::table::{Cell, Head, Row, Table};
use leptos::prelude::*;
use market::Money;
use std::fmt::Write;

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The day or days it stands for: `16 Nov`, or `16–22 Nov`.
    pub when: String,
    /// The amount it shows.
    pub amount: Money,
    /// The amount that is pending, drawn on top of it.
    pub pending: Money,
}

/// A bar chart of amounts over time. The last bar is the current period.
#[component]
pub fn Bars(
    /// The chart's id, unique on the page.
    id: &'static str,
    /// The chart's title: `Earnings per week, USD`.
    #[prop(into)]
    title: String,
    /// The chart's content in a sentence, for screen readers.
    #[prop(into)]
    told: String,
    /// The names of the bar and of the part on top of it: `Paid`, `Pending`.
    names: [&'static str; 2],
    bars: Vec<Bar>,
) -> impl IntoView {
    let top = ceiling(bars.iter().map(|bar| bar.amount.0 + bar.pending.0).max().unwrap_or(0));
    let pends = bars.iter().any(|bar| bar.pending > Money::ZERO);
    let drawn = (0..).zip(&bars).map(|(i, bar)| stack(i, bars.len(), bar, top)).collect::<String>();
    let ticks = ticks(bars.len());
    let below = (0..).zip(&bars).map(|(i, bar)| view! { <span>{ticks.contains(&i).then(|| bar.when.clone())}</span> }).collect_view();
    let mut heads = vec![Head::words("When"), Head::number(names[0])];
    heads.extend(pends.then(|| Head::number(names[1])));
    let label = title.clone();
    let rows = bars.into_iter().rev().map(|Bar { when, amount, pending }| {
        view! {
            <Row>
                <Cell>{when}</Cell>
                <Cell class="num"><span class="money">{amount.to_string()}</span></Cell>
                {pends.then(|| view! { <Cell class="num"><span class="money">{pending.to_string()}</span></Cell> })}
            </Row>
        }
    });
    let rows = rows.collect_view();
    view! {
        <figure>
            <div class="legend">
                <span><i></i>{names[0]}</span>
                {pends.then(|| view! { <span><i class="b"></i>{names[1]}</span> })}
            </div>
            <Drawing id=id title=title told=told inside=GRID.to_owned() + &drawn
                left=[whole(top), whole(top / 2), "0".to_owned()] tall=true>
                <div class="x cols" aria-hidden="true">{below}</div>
            </Drawing>
            <details class="data">
                <summary>"Show as a table"</summary>
                <Table class="table" label=label heads=heads>{rows}</Table>
            </details>
        </figure>
    }
}

/// One point of a line chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The name of the thing that was scored.
    pub what: String,
    /// The day of the score.
    pub when: String,
    /// The score, 0 to 100.
    pub score: i64,
}

/// A line chart of scores with their running mean. Empty without a score.
#[component]
pub fn Scores(
    /// The chart's id, unique on the page.
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] told: String,
    points: Vec<Point>,
) -> impl IntoView {
    let scores: Vec<_> = points.iter().map(|point| point.score).collect();
    let means = running(&scores);
    let floor = scores.iter().min().map_or(0, |least| (least / 20 * 20).min(60));
    let mut drawn = GRID.to_owned();
    let _ = write!(drawn, r#"<polyline class="line b" points="{}"/>"#, line(&means, floor));
    let _ = write!(drawn, r#"<polyline class="line" points="{}"/>"#, line(&scores, floor));
    if let Some(&last) = scores.last() {
        let _ = write!(drawn, r#"<path class="dot" d="M100 {}h0.01"/>"#, height(last, floor));
    }
    let (first, last) = (points.first().map(|point| point.when.clone()), scores.last().map(|last| format!("latest, {last}")));
    let heads = vec![Head::words("Job"), Head::number("When"), Head::number("Score"), Head::number("Mean")];
    let label = title.clone();
    let rows = points.into_iter().zip(means).rev().map(|(Point { what, when, score }, mean)| {
        view! { <Row><Cell>{what}</Cell><Cell class="num">{when}</Cell><Cell class="num">{score}</Cell><Cell class="num">{mean}</Cell></Row> }
    });
    let rows = rows.collect_view();
    view! {
        <figure>
            <div class="legend"><span><i class="l"></i>"Per job"</span><span><i class="d"></i>"Mean so far"</span></div>
            <Drawing id=id title=title told=told inside=drawn
                left=["100".to_owned(), ((100 + floor) / 2).to_string(), floor.to_string()] tall=false>
                <div class="x" aria-hidden="true"><span>{first}</span><span>{last}</span></div>
            </Drawing>
            <details class="data">
                <summary>"Show as a table"</summary>
                <Table class="table" label=label heads=heads>{rows}</Table>
            </details>
        </figure>
    }
}

/// The SVG of a chart with its title, description and scale.
#[component]
fn Drawing(
    id: &'static str,
    title: String,
    told: String,
    inside: String,
    left: [String; 3],
    tall: bool,
    children: Children,
) -> impl IntoView {
    let (name, about) = (format!("{id}-title"), format!("{id}-told"));
    let inside = format!(r#"<title id="{name}">{}</title><desc id="{about}">{}</desc>{inside}"#, escape(&title), escape(&told));
    let left = left.map(|text| view! { <span>{text}</span> }).collect_view();
    view! {
        <div class="chart">
            <svg class=if tall { "tall" } else { "low" } viewBox="0 0 100 100" preserveAspectRatio="none" role="img"
                aria-labelledby=name aria-describedby=about inner_html=inside></svg>
            <div class="y" aria-hidden="true">{left}</div>
            {children()}
        </div>
    }
}

const GRID: &str = r#"<line class="grid" x1="0" x2="100" y1="0" y2="0"/><line class="grid" x1="0" x2="100" y1="50" y2="50"/><line class="grid" x1="0" x2="100" y1="100" y2="100"/>"#;

/// Draws bar `i` of `n` with its pending part on top.
fn stack(i: usize, n: usize, bar: &Bar, top: i64) -> String {
    // Integer thousandths, so that the drawing is the same on every machine.
    let (slot, tenth) = (100_000 / n.max(1), 1_000 / n.max(1));
    let (x, wide) = (i * slot + 20 * tenth, slot - 40 * tenth);
    let tall = |amount: i64| amount.max(0) * 100_000 / top;
    let paid = tall(bar.amount.0);
    let all = tall(bar.amount.0 + bar.pending.0);
    let rect = |class: &str, from: i64, to: i64| {
        let (y, high) = (thousandth(100_000 - to), thousandth(to - from));
        let (x, wide) = (thousandth(x as i64), thousandth(wide as i64));
        format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{wide}" height="{high}"/>"#)
    };
    let mut drawn = String::new();
    if paid > 0 {
        drawn += &rect("bar-v", 0, paid);
    }
    if all > paid {
        drawn += &rect("bar-v pending", paid, all);
    }
    drawn
}

fn thousandth(n: i64) -> String {
    format!("{}.{:03}", n / 1000, n % 1000)
}

/// Returns the bars that get a date label: the first, the last, and some between.
fn ticks(n: usize) -> Vec<usize> {
    let parts = 3.min(n.saturating_sub(1));
    let mut ticks: Vec<_> = (0..=parts).map(|part| part * n.saturating_sub(1) / parts.max(1)).collect();
    ticks.dedup();
    ticks
}

/// Returns the top of the scale: the smallest round amount of whole dollars that is not below `cents`, which is 2, 4, 6, 8 or 10
/// times a power of ten.
fn ceiling(cents: i64) -> i64 {
    let mut unit = 100;
    while unit * 10 < cents {
        unit *= 10;
    }
    [2, 4, 6, 8].into_iter().map(|n| n * unit).find(|round| *round >= cents).unwrap_or(10 * unit)
}

fn whole(cents: i64) -> String {
    super::pager::grouped(cents / 100)
}

fn running(scores: &[i64]) -> Vec<i64> {
    let sums = scores.iter().scan(0, |sum, score| {
        *sum += score;
        Some(*sum)
    });
    (1..).zip(sums).map(|(n, sum): (i64, i64)| (sum + n / 2) / n).collect()
}

fn line(scores: &[i64], floor: i64) -> String {
    let last = scores.len().saturating_sub(1).max(1) as i64;
    let at = |(i, &score): (i64, &i64)| format!("{} {}", thousandth(i * 100_000 / last), height(score, floor));
    (0..).zip(scores).map(at).collect::<Vec<_>>().join(" ")
}

fn height(score: i64, floor: i64) -> String {
    thousandth((100 - score) * 100_000 / (100 - floor))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_halve_well() {
        for (cents, top) in
            [(0, 200), (150, 200), (201, 400), (74_000, 80_000), (80_000, 80_000), (80_001, 100_000), (9_999_999, 10_000_000)]
        {
            assert_eq!(ceiling(cents), top, "{cents}");
        }
        assert_eq!((whole(1_000_000), whole(500_000)), ("10,000".into(), "5,000".into()));
    }

    #[test]
    fn bars_fill_their_slots_from_the_bottom() {
        let bar = Bar { when: "now".into(), amount: Money(2_000), pending: Money(3_000) };
        let drawn = stack(1, 4, &bar, 10_000);
        assert_eq!(
            drawn,
            r#"<rect class="bar-v" x="30.000" y="80.000" width="15.000" height="20.000"/><rect class="bar-v pending" x="30.000" y="50.000" width="15.000" height="30.000"/>"#
        );
        assert_eq!(stack(0, 4, &Bar { amount: Money::ZERO, pending: Money::ZERO, ..bar }, 10_000), "");
    }

    #[test]
    fn the_first_and_the_last_bar_are_named() {
        assert_eq!(ticks(30), [0, 9, 19, 29]);
        assert_eq!((ticks(1), ticks(2), ticks(3)), (vec![0], vec![0, 1], vec![0, 1, 2]));
        assert_eq!(ticks(0), [0]);
    }

    #[test]
    fn lines_run_from_edge_to_edge() {
        assert_eq!(running(&[70, 80, 81]), [70, 75, 77]);
        assert_eq!(line(&[60, 100, 80], 60), "0.000 100.000 50.000 0.000 100.000 50.000");
        assert_eq!(line(&[90], 60), "0.000 25.000");
    }
}
