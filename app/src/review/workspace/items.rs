//! The rows for revision items. CSS hides empty rows until they are needed; without styles or scripts some are always visible.

use crate::review::words::priority;
use crate::ui::group::Group;
use crate::ui::icon::{Glyph, Icon};
use leptos::prelude::*;
use market::review::{Item, Priority};
use market::text::capitalised;

/// The number of empty rows after the last item.
const SPARE: usize = 5;
/// The most revision items of a verdict.
const ITEMS_MAX: usize = 50;

/// The rows, and a button that adds rows.
#[component]
pub fn ItemRows(items: Vec<Item>, rows: usize) -> impl IntoView {
    let count = rows.max(items.len() + SPARE).min(ITEMS_MAX.max(items.len()));
    let all = (0..count).map(|i| view! { <ItemRow i=i item=items.get(i).cloned().unwrap_or_default() /> }).collect_view();
    let more = (count < ITEMS_MAX).then(|| {
        view! { <button class="btn quiet more-rows" type="submit" name="then" value=format!("rows {}", count + SPARE)>"More rows"</button> }
    });
    view! {
        <Group name="revision_items" label="Revision items" help="At least one, or a reason, unless you approve.">
            <ol class="grows item-rows">{all}</ol>
            {more}
            <p class="help keys" hidden><kbd>"Enter"</kbd>" next, "<kbd>"Alt"</kbd>" "<kbd>"↑"</kbd>" "<kbd>"↓"</kbd>" priority"</p>
        </Group>
    }
}

#[component]
fn ItemRow(i: usize, item: Item) -> impl IntoView {
    let name = |part: &str| format!("revision_items[{i}][{part}]");
    let label = |part: &str| format!("{part} of item {}", i + 1);
    let chosen = priority(&item.priority);
    let options = Priority::ALL.iter().map(|&one| {
        let word = one.as_str();
        view! { <option value=word selected=word == chosen>{capitalised(word)}</option> }
    });
    // CSS recognises empty rows by their placeholders.
    view! {
        <li>
            <input class="input" dir="auto" name=name("category") value=item.category aria-label=label("Category") placeholder="Category" />
            <span class="select">
                <select class="input" name=name("priority") aria-label=label("Priority") data-default=Priority::Medium.as_str()>{options.collect_view()}</select>
                <Icon glyph=Glyph::Chevron />
            </span>
            <textarea class="input" dir="auto" name=name("description") aria-label=label("Description") placeholder="What should change" rows="2">
                {format!("\n{}", item.description)}
            </textarea>
        </li>
    }
}
