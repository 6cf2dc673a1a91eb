//! The layout of every page: skip link, top bar, main part, footer.

use super::form::{Act, Form};
use super::icon::{Glyph, Icon};
use super::live::{self, Live};
use super::public_page::{Marks, PublicPage};
use super::theme::{Theme, ThemeSwitch};
use super::when::Zone;
use crate::ui::written::Name;
use crate::visitor::{self, CurrentUser};
use leptos::prelude::*;
use leptos_meta::Title;
use market::Money;
use market::job::Role;
use market::notification::Counts;
use market::rules::Policies;

/// An item of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavItem {
    /// The list of jobs and the page of a job.
    Jobs,
    /// The worker's dashboard.
    Work,
    /// The poster's dashboard.
    Hire,
    /// The queue of reviews.
    Proof,
    /// The wallet.
    Wallet,
    /// The team's agents, and the pages of one.
    Agents,
    /// The home page.
    Home,
    /// The page of what happens.
    Live,
    /// The page that explains the market.
    HowItWorks,
    /// A page without an item in the bar.
    Elsewhere,
}

impl NavItem {
    /// Returns the place from which a member with this role comes to a job's pages.
    pub const fn of(role: Role) -> Self {
        match role {
            Role::Poster => NavItem::Hire,
            Role::Worker => NavItem::Work,
            Role::Proofer => NavItem::Proof,
            _ => NavItem::Jobs,
        }
    }
}

/// The layout of a page.
#[component]
pub fn Layout(
    #[prop(into)] title: String,
    #[prop(default = NavItem::Elsewhere)] place: NavItem,
    /// True for pages with several panes.
    #[prop(optional)]
    wide: bool,
    /// The marks of a page that search engines may list; a page without them asks to be left out.
    #[prop(optional_no_strip)]
    about: Option<PublicPage>,
    children: Children,
) -> impl IntoView {
    view! {
        <Marks title=title.clone() about=about />
        <Title text=escape(&format!("{}{title} · Guildhall", unread())) />
        <a class="skip" href="#main">"Skip to content"</a>
        <Bar place=place wide=wide />
        <main class=if wide { "page wide" } else { "page" } id="main">{children()}</main>
        <Foot wide=wide />
        {live()}
    }
}

/// The event stream of the page, for signed-in members who may follow events, on pages that change.
fn live() -> Option<impl IntoView> {
    let about = live::about(&visitor::page()).filter(|_| visitor::current_user().is_some())?;
    let after = visitor::last_event()?;
    Some(view! { <Live about=about after=after /> })
}

/// The head of a page: its title and what belongs beside it.
#[component]
pub fn PageHead(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! { <div class="page-head"><div><h1>{title}</h1></div>{children.map(|children| children())}</div> }
}

/// The head of a page about one thing: its title, and the facts of it below.
#[component]
pub fn FactsHead(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="page-head"><div><h1>{title}</h1><p class="facts">{children()}</p></div></div> }
}

#[component]
fn Bar(place: NavItem, wide: bool) -> impl IntoView {
    let who = visitor::current_user();
    let counts = who.as_ref().map(|who| who.counts);
    let available = who.as_ref().and_then(|who| who.available);
    let signed_in = who.is_some();
    view! {
        <header class=if wide { "bar wide-bar" } else { "bar" }>
            <div class="bar-in">
                <a class="brand" href="/">"Guildhall"</a>
                {visitor::rules().sandbox.then(|| view! { <a class="mark" href="/sandbox/mail" title="No real money moves here. All mail of this server is kept on this page.">"Sandbox"</a> })}
                <nav class="nav" id="places" aria-label="Main">{groups(place, counts, |_, links| view! { <span class="group">{links}</span> }.into_any())}</nav>
                <div class="tools" id="tools">
                    {signed_in.then(|| view! { <Purse available=available here=place == NavItem::Wallet /> })}
                    {counts.map(|counts| view! { <Bell unread=counts.unread /> })}
                </div>
                <div class="who">{match &who {
                    Some(who) => view! { <Account who=who.clone() /> }.into_any(),
                    None => view! {
                        <a class="btn quiet" href="/sign-in">"Sign in"</a>
                        <a class="btn" href="/sign-up">"Create account"</a>
                    }.into_any(),
                }}</div>
                <button class="menu" type="button" popovertarget="menu" aria-label="Menu"><Icon glyph=Glyph::Menu /></button>
                <div class="sheet places" id="menu" popover="auto">
                    <nav class="groups" aria-label="Main, narrow">
                        {groups(place, counts, |name, links| view! { <div><p>{name}</p>{links}</div> }.into_any())}
                        {signed_in.then(|| view! { <div><p>"Money"</p><Purse available=available here=place == NavItem::Wallet /></div> })}
                    </nav>
                    <nav class="under" aria-label="Account, narrow">{settings(signed_in)}</nav>
                    {who.map(|who| view! { <Teams who=who /> <SignOut /> })}
                </div>
            </div>
        </header>
    }
}

/// The groups of the main navigation: what is offered to everybody, what waits on the member's desk, and what they build.
fn groups(place: NavItem, counts: Option<Counts>, group: impl Fn(&'static str, AnyView) -> AnyView) -> impl IntoView {
    type Link = (NavItem, &'static str, &'static str, i64);
    let market: &[Link] = &[(NavItem::Jobs, "/jobs", "Jobs", 0)];
    let all: Vec<(&'static str, Vec<Link>)> = match counts {
        Some(counts) => vec![
            ("Market", market.to_vec()),
            (
                "Your desk",
                vec![
                    (NavItem::Hire, "/hire", "Hire", counts.hire),
                    (NavItem::Work, "/work", "Work", counts.work),
                    (NavItem::Proof, "/proofing", "Proof", counts.proof),
                ],
            ),
            ("Workshop", vec![(NavItem::Agents, "/agents", "Agents", counts.agents)]),
        ],
        None => vec![
            ("Market", market.to_vec()),
            ("Guildhall", vec![(NavItem::Live, "/live", "Live", 0), (NavItem::HowItWorks, "/how-it-works", "How it works", 0)]),
        ],
    };
    let link = move |(at, href, text, waiting): Link| {
        view! { <a href=href aria-current=(at == place).then_some("page")>{text}{need(waiting)}</a> }
    };
    all.into_iter().map(|(name, links)| group(name, links.into_iter().map(link).collect_view().into_any())).collect_view()
}

/// The link to the wallet, with the available balance for a member who may read it.
#[component]
fn Purse(available: Option<Money>, here: bool) -> impl IntoView {
    let balance = available.map(|available| view! { " "<span class="money">{available.to_string()}</span> });
    view! { <a class="purse" href="/wallet" aria-current=here.then_some("page")>"Wallet"{balance}</a> }
}

/// The number of things that wait for the member, beside a link.
fn need(waiting: i64) -> Option<impl IntoView> {
    let spoken = if waiting == 1 { ", 1 needs you".to_owned() } else { format!(", {waiting} need you") };
    (waiting > 0).then(|| view! { <span class="n" aria-hidden="true">{waiting}</span><span class="sr">{spoken}</span> })
}

/// The number of unread notifications, for the title of the browser's tab.
fn unread() -> String {
    let unread = visitor::current_user().map_or(0, |who| who.counts.unread);
    if unread > 0 { format!("({unread}) ") } else { String::new() }
}

/// The link to the notifications, with the number of unread ones.
#[component]
fn Bell(unread: i64) -> impl IntoView {
    let label = match unread {
        0 => "Notifications".to_owned(),
        unread => format!("Notifications, {unread} unread"),
    };
    view! {
        <a class="bell" href="/notifications" aria-label=label>
            <Icon glyph=Glyph::Bell />
            {(unread > 0).then(|| view! { <span class="n" aria-hidden="true">{if unread > 99 { "99+".to_owned() } else { unread.to_string() }}</span> })}
        </a>
    }
}

#[component]
fn Account(who: CurrentUser) -> impl IntoView {
    view! {
        <button class="account" type="button" popovertarget="account"><span class="truncate" dir="auto">{acting_for(&who)}</span><Icon glyph=Glyph::Chevron /></button>
        <div class="sheet" id="account" popover="auto">
            <Teams who=who.clone() />
            <nav aria-label="Account">{settings(true)}</nav>
            <SignOut />
        </div>
    }
}

/// Returns the name in the header: the team's for a member of several.
fn acting_for(who: &CurrentUser) -> String {
    let active = who.teams.iter().filter(|_| who.teams.len() > 1).find(|mine| mine.team.id == who.team);
    active.map_or_else(|| who.name.clone(), |mine| mine.team.name.clone())
}

/// The switch between the teams of a member who has several.
#[component]
fn Teams(who: CurrentUser) -> impl IntoView {
    let several = who.teams.len() > 1;
    let line = move |mine: market::team::Mine| {
        let name = mine.team.name;
        if mine.team.id == who.team {
            let active = view! { <span class="active"><Name text=name /><span class="sr">", you act for it now"</span><Icon glyph=Glyph::Tick /></span> };
            return view! { <li>{active}</li> }.into_any();
        }
        let label = format!("Switch to {name}");
        view! { <li><Act to="teams/switch" on=("team", mine.team.id.to_string()) class="" label=label>{name}</Act></li> }.into_any()
    };
    several.then(|| view! { <ul class="teams" aria-label="Your teams">{who.teams.into_iter().map(line).collect_view()}</ul> })
}

fn settings(signed_in: bool) -> impl IntoView {
    if !signed_in {
        return view! { <a href="/sign-in">"Sign in"</a><a href="/sign-up">"Create account"</a> }.into_any();
    }
    view! {
        <a href="/team">"Team"</a>
        <a href="/settings">"Profile and settings"</a>
        <a href="/settings/agent">"Work profile"</a>
        <a href="/settings/keys">"API keys"</a>
        <a href="/webhooks">"Webhooks"</a>
        {visitor::current_user().filter(|who| who.is_admin).map(|who| view! { <a href="/admin">"Admin"</a><a href="/disputes">"Disputes"{need(who.counts.disputes)}</a> })}
        <a href="/notifications">"Notifications"</a>
    }
    .into_any()
}

#[component]
fn SignOut() -> impl IntoView {
    view! { <Form to="sign-out" class="sign-out"><button type="submit">"Sign out"</button></Form> }
}

#[component]
fn Foot(wide: bool) -> impl IntoView {
    let theme = use_context::<Theme>().unwrap_or_default();
    let Policies { terms_url: terms, privacy_url: privacy } = visitor::rules().policies.clone();
    view! {
        <footer class=if wide { "foot wide-bar" } else { "foot" }>
            <div class="foot-in">
                <a href="/how-it-works">"How it works"</a>
                <a href="/live">"Live"</a>
                <a href="/help">"Help"</a>
                <a href="/docs">"API"</a>
                <a href="/llms.txt">"llms.txt"</a>
                {terms.map(|to| view! { <a href=to>"Terms"</a> })}
                {privacy.map(|to| view! { <a href=to>"Privacy"</a> })}
                <span>"MIT or Apache-2.0"</span>
                <Zone />
                <ThemeSwitch theme=theme />
            </div>
        </footer>
    }
}

/// Escapes a title: `leptos_meta` writes it unescaped, and a job's title is user input.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_cannot_leave_its_tag() {
        assert_eq!(super::escape("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
    }
}
