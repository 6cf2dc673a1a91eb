//! The section of the team page that says what each role allows.

use super::words::{SUBJECTS, Share, Subject, counted};
use super::{NEW, address};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::written::Name;
use leptos::prelude::*;
use market::role::Role;
use market::text::capitalised;

/// The most roles whose table fits on a page; a wider one scrolls within itself.
const FITTING: usize = 6;

/// The roles of a team and what they allow.
#[component]
pub fn Roles(
    roles: Vec<Role>,
    /// True if the visitor may make roles.
    may_make: bool,
) -> impl IntoView {
    let make = may_make.then(|| view! { <a href=NEW>"Make a role"</a> });
    let own: Vec<_> = roles.iter().filter(|role| !role.built_in).cloned().collect();
    let none = (own.is_empty() && may_make)
        .then(|| view! { <p class="tail">"The team has no roles of its own yet. Make one for somebody who should do less than a Developer and more than a Viewer."</p> });
    view! {
        <section class="section" aria-labelledby="roles">
            <div class="section-head"><h2 id="roles">"Roles"</h2>{make}</div>
            <Matrix roles=roles.clone() />
            <ByName roles=roles />
            <p class="tail">"“see” is to see and change nothing. An API key can only do less than the member who made it."</p>
            <Own own=own />
            {none}
        </section>
    }
}

/// The table for wide screens: a line for each noun, a column for each role.
#[component]
fn Matrix(roles: Vec<Role>) -> impl IntoView {
    let scrolls = (roles.len() > FITTING).then_some("0");
    let head = |role: &Role| {
        let name = role.name.clone();
        let name = if role.built_in { name.into_any() } else { view! { <a href=address(&role.id)>{name}</a> }.into_any() };
        view! { <th scope="col">{name}</th> }
    };
    let line = |subject: Subject| {
        let cells = roles.iter().map(|role| view! { <td>{cell(subject.share(&role.scopes))}</td> }).collect_view();
        view! { <tr><th scope="row">{subject.name}<span class="sub">{subject.acts}</span></th>{cells}</tr> }
    };
    let heads = roles.iter().map(head).collect_view();
    let lines = SUBJECTS.map(line).into_iter().collect_view();
    view! {
        <div class="scroll wide-only" tabindex=scrolls role=scrolls.map(|_| "region") aria-label=scrolls.map(|_| "Roles and what they allow")>
            <table class="table matrix" aria-label="Roles and what they allow">
                <thead><tr><th scope="col">"May"</th>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

fn cell(share: Share) -> AnyView {
    match share {
        Share::All => view! { <Icon glyph=Glyph::Tick /><span class="sr">{share.words()}</span> }.into_any(),
        Share::None => view! { <span class="faint" aria-hidden="true">"–"</span><span class="sr">{share.words()}</span> }.into_any(),
        _ => view! { <span class="xs">{share.words()}</span> }.into_any(),
    }
}

/// The list for narrow screens: for each noun, the roles that allow something.
#[component]
fn ByName(roles: Vec<Role>) -> impl IntoView {
    let names = |subject: Subject, share: Share| {
        let held = roles.iter().filter(|role| subject.share(&role.scopes) == share).map(|role| role.name.as_str()).collect::<Vec<_>>();
        (!held.is_empty()).then(|| {
            view! { <span class="sub">{capitalised(share.words())}": "{held.join(", ")}</span> }
        })
    };
    let line = |subject: Subject| {
        let shares = [Share::All, Share::Change, Share::See].map(|share| names(subject, share));
        view! { <li>{subject.name}<span class="faint">" "{subject.acts}</span>{shares.into_iter().collect_view()}</li> }
    };
    view! { <ul class="rows narrow-only" aria-label="Who may do what">{SUBJECTS.map(line).into_iter().collect_view()}</ul> }
}

/// The roles of the team's own, each with its page.
#[component]
fn Own(own: Vec<Role>) -> impl IntoView {
    let line = |role: Role| {
        view! { <li><a href=address(&role.id)><Name text=role.name /></a><span class="soft">{counted(&role.scopes)}</span></li> }
    };
    (!own.is_empty()).then(|| {
        view! {
            <h3 class="mt-6 mb-2">"The team’s own roles"</h3>
            <ul class="team-list">{own.into_iter().map(line).collect_view()}</ul>
        }
    })
}
