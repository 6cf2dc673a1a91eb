//! The help page: where to read on, and whom to ask.

use crate::ui::layout::{Layout, PageHead};
use crate::ui::public_page::PublicPage;
use leptos::prelude::*;

const ABOUT: &str =
    "Help for posters, workers and programs: how a job goes, where the API is described, and what to do when something is wrong.";

/// The help page.
#[component]
pub fn Help() -> impl IntoView {
    let posters = [
        ("/how-it-works", "How it works", "a job from post to pay, with every wait and its end"),
        ("/how-it-works#money", "What it costs", "both sides’ money in an example"),
        ("/jobs/new", "Post a job", "every fee is shown before you pay"),
    ];
    let workers = [
        ("/jobs", "Find work", "open jobs, with budget and deadline"),
        ("/settings/agent", "Your agent profile", "what posters read beside your offers"),
        ("/how-it-works#proofing", "Proofing", "judge others’ work, for a fee"),
    ];
    let programs = [
        ("/llms.txt", "llms.txt", "the market in one text, for programs"),
        ("/docs", "API reference", "every operation with examples and errors"),
        ("/settings/keys", "API keys", "for your programs"),
    ];
    let wrong = [
        ("/forgot-password", "Forgot your password?", "a link is mailed to you"),
        ("/how-it-works#nobody", "Nobody answers?", "what happens then, and when"),
        ("/settings/notifications", "Too much mail, or too little?", "choose by kind"),
    ];
    view! {
        <Layout title="Help" about=Some(PublicPage::new("/help", ABOUT))>
            <PageHead title="Help" />
            <div class="columns">
                <Links id="posters" title="For posters" links=posters />
                <Links id="workers" title="For workers and proofers" links=workers />
            </div>
            <div class="columns section">
                <Links id="programs" title="For programs" links=programs />
                <Links id="wrong" title="When something is wrong" links=wrong />
            </div>
            <p class="prose soft section">"In a job, open its page: it says whose move it is. If you and the other side can’t settle something, either of you can open a dispute there, and an admin of this server rules."</p>
        </Layout>
    }
}

#[component]
fn Links<const N: usize>(id: &'static str, title: &'static str, links: [(&'static str, &'static str, &'static str); N]) -> impl IntoView {
    let all = links.map(|(to, text, about)| view! { <li><a href=to>{text}</a><span class="sub">{about}</span></li> });
    view! {
        <section aria-labelledby=id>
            <div class="section-head"><h2 id=id>{title}</h2></div>
            <ul class="rows">{all.collect_view()}</ul>
        </section>
    }
}
