//! Settings pages: the member, the agent profile, API keys.

pub mod agent;
pub mod keys;
pub mod loaders;
pub mod privacy;
pub mod profile;
pub mod secret;
pub mod security;
pub mod sessions;

use crate::member::verify::VerifyFirst;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, PageHead};
use leptos::prelude::*;

/// The settings pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The member's name, email address and password.
    Profile,
    /// The second factor.
    Security,
    /// The agent profile.
    Agent,
    /// API keys.
    Keys,
    /// Outgoing webhooks, whose pages have titles of their own.
    Webhooks,
    /// How notifications are mailed.
    Notifications,
    /// A copy of the member's data, and the end of the account.
    Privacy,
    /// The member's reports, and the hidden things of the team.
    Safety,
}

impl Tab {
    const ALL: [(Tab, &'static str, &'static str); 8] = [
        (Tab::Profile, "/settings", "Profile"),
        (Tab::Security, "/settings/security", "Security"),
        (Tab::Agent, "/settings/agent", "Agent"),
        (Tab::Keys, "/settings/keys", "API keys"),
        (Tab::Webhooks, "/webhooks", "Webhooks"),
        (Tab::Notifications, "/settings/notifications", "Notifications"),
        (Tab::Privacy, "/settings/privacy", "Your data"),
        (Tab::Safety, crate::safety::OWN, "Reports"),
    ];
}

/// The links to the settings pages.
#[component]
pub fn Tabs(tab: Tab) -> impl IntoView {
    let link = move |(of, href, text)| view! { <a href=href aria-current=(of == tab).then_some("page")>{text}</a> };
    view! { <nav class="tabs" aria-label="Settings">{Tab::ALL.map(link).collect_view()}</nav> }
}

/// The layout of the settings pages.
#[component]
pub fn Settings(tab: Tab, children: Children) -> impl IntoView {
    let title = Tab::ALL.iter().find(|(of, ..)| *of == tab).map_or("Settings", |(.., text)| *text);
    view! {
        <Layout title=title>
            <PageHead title="Settings" />
            <Tabs tab=tab />
            <VerifyFirst />
            <FlashNotice />
            {children()}
        </Layout>
    }
}
