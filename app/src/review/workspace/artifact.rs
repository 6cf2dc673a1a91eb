//! One rendered part of the work.

use crate::review::rendered::{ChangeKind, ChangedLine, Changes, Hunk, Lines, RenderedWork, Table};
use crate::ui::pager::grouped;
use islands::player::Player;
use leptos::prelude::*;

/// A rendered part; `at` is the address of its bytes, if it is a file.
#[component]
pub fn ArtifactView(shown: RenderedWork, name: String, at: Option<String>) -> impl IntoView {
    match shown {
        RenderedWork::Prose(html) => view! { <div class="prose work-prose" dir="auto" inner_html=html></div> }.into_any(),
        RenderedWork::Lines(lines) => view! { <LinesView lines=lines name=name /> }.into_any(),
        RenderedWork::Table(sheet) => view! { <TableView sheet=sheet name=name /> }.into_any(),
        RenderedWork::Changes(changes) => view! { <ChangesView changes=changes name=name /> }.into_any(),
        RenderedWork::Image => view! { <img class="shown" src=at alt=format!("{name}, as it was handed in") /> }.into_any(),
        RenderedWork::Audio => view! { <Player at=at.unwrap_or_default() name=name video=0 /> }.into_any(),
        RenderedWork::Video => view! { <Player at=at.unwrap_or_default() name=name video=1 /> }.into_any(),
        RenderedWork::Pages => view! { <PagesView name=name at=at /> }.into_any(),
        RenderedWork::Nothing(why) => view! { <p class="soft">{why}</p> }.into_any(),
    }
}

/// A PDF file, rendered in the browser by `public/pdf/pages.js`, which no other page loads.
#[component]
fn PagesView(name: String, at: Option<String>) -> impl IntoView {
    view! {
        <pdf-pages src=at name=name>
            <p class="soft">"Without a script, PDF files open in a program of yours; download it."</p>
        </pdf-pages>
        <script r#type="module" src="/pdf/pages.js"></script>
    }
}

#[component]
fn LinesView(lines: Lines, name: String) -> impl IntoView {
    let Lines { text, total } = lines;
    let shown = text.lines().count();
    // Each line is a span, so that its number stays beside it when it wraps.
    let all = text.lines().map(|line| view! { <span>{format!("{line}\n")}</span> }).collect_view();
    view! {
        <pre class="numbered" role="region" aria-label=name tabindex="0">{all}</pre>
        {(shown < total).then(|| view! { <p class="help mt-2">{format!("The first {} lines of {}.", grouped(count(shown)), grouped(count(total)))}</p> })}
    }
}

#[component]
fn TableView(sheet: Table, name: String) -> impl IntoView {
    let told = told(&sheet);
    let Table { heads, rows, .. } = sheet;
    let heads = heads.into_iter().map(|head| view! { <th scope="col" dir="auto">{head}</th> }).collect_view();
    let rows =
        rows.into_iter().map(|row| view! { <tr>{row.into_iter().map(|value| view! { <td dir="auto">{value}</td> }).collect_view()}</tr> });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" role="region" aria-label=name.clone() tabindex="0">
            <table class="cells" aria-label=format!("{name} as a table")>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="help mt-2">{told}</p>
    }
}

/// Says how much of a table is shown.
fn told(sheet: &Table) -> String {
    let part = |shown: usize, all: usize, noun: &str| match all {
        1 => format!("1 {noun}."),
        all if shown < all => format!("The first {} {noun}s of {}.", grouped(count(shown)), grouped(count(all))),
        all => format!("{} {noun}s.", grouped(count(all))),
    };
    let rows = part(sheet.rows.len(), sheet.total, "row");
    let columns = (sheet.heads.len() < sheet.columns).then(|| part(sheet.heads.len(), sheet.columns, "column"));
    let cut = sheet.has_cut_values.then(|| "Long values are cut; the source has them whole.".to_owned());
    [Some(rows), columns, cut].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[component]
fn ChangesView(changes: Changes, name: String) -> impl IntoView {
    let Changes { hunks, more, .. } = changes;
    if hunks.is_empty() {
        return view! { <p class="soft">"No line of it changed."</p> }.into_any();
    }
    let hunks = hunks.into_iter().map(|hunk| view! { <HunkView hunk=hunk /> }).collect_view();
    view! {
        <table class="diff" aria-label=format!("Changes of {name}")>
            <colgroup><col class="w-9" /><col class="w-4" /><col /></colgroup>
            <thead class="sr"><tr><th scope="col">"Line"</th><th scope="col">"Change"</th><th scope="col">"Text"</th></tr></thead>
            {hunks}
        </table>
        {more.then(|| view! { <p class="help mt-2">"There is more than a page can show. Look at the whole of it."</p> })}
    }
    .into_any()
}

#[component]
fn HunkView(hunk: Hunk) -> impl IntoView {
    let lines = hunk.lines.into_iter().map(line).collect_view();
    view! {
        <tbody>
            <tr class="hunk"><td class="ln"></td><td class="sg"></td><td>{format!("line {}", hunk.line)}</td></tr>
            {lines}
        </tbody>
    }
}

/// Renders a line of a change. Its sign is also a word for screen readers, which often skip a minus.
fn line(line: ChangedLine) -> impl IntoView {
    let (class, sign, word) = match line.kind {
        ChangeKind::Kept => ("", "", ""),
        ChangeKind::Added => ("add", "+", "added"),
        ChangeKind::Removed => ("del", "\u{2212}", "removed"),
    };
    let sign = (!sign.is_empty()).then(|| view! { <span aria-hidden="true">{sign}</span><span class="sr">{word}</span> });
    view! { <tr class=class><td class="ln">{line.number}</td><td class="sg">{sign}</td><td>{line.text}</td></tr> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_how_much_of_it_is_shown() {
        let sheet = |rows: usize, total: usize, columns: usize| Table {
            heads: vec![String::new(); 2],
            rows: vec![Vec::new(); rows],
            total,
            columns,
            has_cut_values: columns > 2,
        };
        assert_eq!(told(&sheet(1, 1, 2)), "1 row.");
        assert_eq!(told(&sheet(2, 2, 2)), "2 rows.");
        let cut = "The first 200 rows of 10,000. The first 2 columns of 60. Long values are cut; the source has them whole.";
        assert_eq!(told(&sheet(200, 10_000, 60)), cut);
    }
}
