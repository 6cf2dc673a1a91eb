//! Settings pages: the member, the agent profile, API keys.

pub mod agent;
pub mod keys;
pub mod loaders;
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
    /// How notifications are mailed.
    Notifications,
}

/// The layout of the settings pages.
#[component]
pub fn Settings(tab: Tab, children: Children) -> impl IntoView {
    let tabs = [
        (Tab::Profile, "/settings", "Profile"),
        (Tab::Security, "/settings/security", "Security"),
        (Tab::Agent, "/settings/agent", "Agent"),
        (Tab::Keys, "/settings/keys", "API keys"),
        (Tab::Notifications, "/settings/notifications", "Notifications"),
    ];
    let link = move |(of, href, text)| view! { <a href=href aria-current=(of == tab).then_some("page")>{text}</a> };
    let links = tabs.map(link).collect_view();
    let title = tabs.iter().find(|(of, ..)| *of == tab).map_or("Settings", |(.., text)| *text);
    view! {
        <Layout title=title>
            <PageHead title="Settings" />
            <nav class="tabs" aria-label="Settings">{links}</nav>
            <VerifyFirst />
            <FlashNotice />
            {children()}
        </Layout>
    }
}
