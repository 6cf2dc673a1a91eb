//! The list of members.

use super::loaders::{self, address};
use super::{Console, More, Tab, asked};
use crate::load::load;
use crate::ui::notice::Empty;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::url;
use leptos::prelude::*;
use market::admin::{Listed, MemberLine};

/// The page of all members; `?q=` are letters of a name or an address.
#[component]
pub fn AdminMembers() -> impl IntoView {
    let letters = asked("q");
    load(loaders::member_list(letters.clone(), asked("after")), move |members| view! { <Whole members=members letters=letters /> })
}

#[component]
fn Whole(members: Listed<MemberLine>, letters: String) -> impl IntoView {
    let Listed { items, has_more } = members;
    let to = url::with_query("/admin", &[("q", &letters)]);
    let after = items.last().filter(|_| has_more).map(|line| line.id.to_string());
    let list = if items.is_empty() {
        view! { <Empty title="No member matches"><p>"Search for fewer letters, of the name or of the email address."</p><a class="btn" href="/admin">"All members"</a></Empty> }
            .into_any()
    } else {
        let heads = vec![Head::words("Member"), Head::words("Standing"), Head::number("Signed up")];
        view! { <Table label="Members, newest first" heads=heads>{items.into_iter().map(row).collect_view()}</Table> }.into_any()
    };
    view! {
        <Console tab=Tab::Members>
            <form class="filters" role="search" aria-label="Members" action="/admin">
                <input class="input grow" type="search" name="q" aria-label="Search members" placeholder="Search names and addresses" value=letters />
                <button class="btn" type="submit">"Search"</button>
            </form>
            {list}
            <More to=to after=after />
        </Console>
    }
}

fn row(line: MemberLine) -> impl IntoView {
    let standing = standing(&line);
    let MemberLine { id, name, email, created_at, .. } = line;
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&id)><Name text=name /></a><span class="sub">{email}</span></Cell>
            <Cell class="soft" label="Standing">{standing}</Cell>
            <Cell class="num" label="Signed up"><When at=created_at day_only=true /></Cell>
        </Row>
    }
}

/// Returns the words for what a member is.
pub(super) fn standing(line: &MemberLine) -> String {
    let kept_out = match line {
        MemberLine { erased_at: Some(_), .. } => Some("deleted"),
        MemberLine { deletion_at: Some(_), .. } => Some("closed"),
        MemberLine { suspended_at, .. } => suspended_at.map(|_| "suspended"),
    };
    let words = [kept_out, line.is_admin.then_some("admin"), Some(if line.verified_at.is_some() { "verified" } else { "not verified" })];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
