//! The page of a member's data: a copy of it, and the end of the account.

pub mod loaders;

use super::{Settings, Tab};
use crate::load::load;
use crate::profile::words::counted;
use crate::review::work::size;
use crate::ui::amount::Amount;
use crate::ui::confirm::Confirm;
use crate::ui::field::Field;
use crate::ui::notice::{Notice, Tone};
use crate::ui::when::When;
use leptos::prelude::*;
use loaders::PrivacyPageData;
use market::deletion::{Binding, BindingKind};
use market::export::{Export, Status};

/// The page of a member's data.
#[component]
pub fn Privacy() -> impl IntoView {
    load(loaders::privacy_page(), |shown| view! { <Whole shown=shown /> })
}

#[component]
fn Whole(shown: PrivacyPageData) -> impl IntoView {
    let PrivacyPageData { export, may_ask, binding } = shown;
    view! {
        <Settings tab=Tab::Privacy>
            <section aria-labelledby="copy">
                <div class="section-head"><h2 id="copy">"A copy of your data"</h2></div>
                <p class="prose soft mb-4">
                    "An archive with everything about you: your account, jobs, messages, ratings, money and files, as JSON and as you sent "
                    "them. It takes some minutes, and a link is sent to your address. What others wrote is not in it, and no "
                    "secrets. The link ends after seven days, or when your password changes or the account is closed."
                </p>
                {export.map(|export| view! { <State export=export /> })}
                {may_ask.then(|| view! { <Ask /> })}
            </section>
            <section class="section" aria-labelledby="end">
                <div class="section-head"><h2 id="end">"Delete your account"</h2></div>
                <p class="prose soft mb-4">
                    "The account is closed at once: you are signed out everywhere, API keys and webhooks stop, and open jobs and pending "
                    "applications are taken down. For seven days a link in your mail keeps it. Then what you wrote and sent is deleted for "
                    "good, and others see “a former member” where your name was."
                </p>
                {if binding.is_empty() { view! { <Delete /> }.into_any() } else { view! { <Bound binding=binding /> }.into_any() }}
            </section>
        </Settings>
    }
}

/// The state of the last copy that was asked for.
#[component]
fn State(export: Export) -> impl IntoView {
    let asked = export.requested_at;
    match (export.status, export.expires_at) {
        (Status::Ready, Some(ends)) => view! {
            <div class="mb-4">
                <Notice tone=Tone::Ok title="Your copy is ready">
                    <p>{size(export.size)}". The link is in the mail that was sent to your address, and ends "<When at=ends />"."</p>
                </Notice>
            </div>
        }
        .into_any(),
        (Status::Failed, _) => view! {
            <div class="mb-4">
                <Notice tone=Tone::Bad title="Your copy could not be made">
                    <p>"Something went wrong here. Ask again a day after "<When at=asked />", or write to whoever runs this server."</p>
                </Notice>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="mb-4">
                <Notice tone=Tone::Wait title="Your copy is being prepared">
                    <p>"You asked for it "<When at=asked />". A mail tells you when it is ready."</p>
                </Notice>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Ask() -> impl IntoView {
    view! {
        <Confirm id="ask-for-copy" to="settings/privacy/export" on=("copy", "1".to_owned()) class="btn" danger=false ask="Ask for a copy"
            question="Is it you?" act="Send me the copy" keep="Close">
            <p class="soft">"The copy holds everything about you, so it takes your password. You can ask once a day."</p>
            <Field name="current_password" label="Password" kind="password" autocomplete="current-password" />
        </Confirm>
    }
}

#[component]
fn Delete() -> impl IntoView {
    view! {
        <Confirm id="delete-account" to="settings/privacy/delete" on=("delete", "1".to_owned()) ask="Delete the account"
            question="Delete your account?" act="Delete the account" keep="Keep it">
            <p class="soft">
                "If you want a copy of your data, ask for it first and download it: its link ends with the account. API keys, listings "
                "and applications don’t come back, even if you keep the account by the mailed link."
            </p>
            <Field name="current_password" label="Password" kind="password" autocomplete="current-password" />
        </Confirm>
    }
}

/// The things to settle before the account can be deleted.
#[component]
fn Bound(binding: Vec<Binding>) -> impl IntoView {
    let things = binding.into_iter().map(|thing| {
        let (address, words) = told(&thing);
        let amount = thing.amount.map(|amount| view! { ": "<Amount money=amount />" USD" });
        view! { <li><a href=address>{words}</a>" of "<span dir="auto">{thing.team}</span>{amount}</li> }
    });
    view! {
        <Notice tone=Tone::Wait title="Something still needs your account">
            <p>"Settle each of these, then come back:"</p>
            <ul aria-label="Things that need the account">{things.collect_view()}</ul>
        </Notice>
    }
}

/// Returns the page on which a thing is settled, and its name.
fn told(thing: &Binding) -> (&'static str, String) {
    match thing.kind {
        BindingKind::Wallet => ("/wallet/payouts", "Money in the wallet".to_owned()),
        BindingKind::Aside => ("/hire", "Money put aside".to_owned()),
        BindingKind::Debt => ("/wallet", "Debt".to_owned()),
        BindingKind::Deposits => ("/wallet/deposits", counted(thing.count, "unfinished deposit")),
        BindingKind::Payouts => ("/wallet/payouts", counted(thing.count, "payout") + " under way"),
        BindingKind::Posted => ("/hire", counted(thing.count, "job") + " under way"),
        BindingKind::Worked => ("/work", counted(thing.count, "job") + " to work on"),
        BindingKind::Disputes => ("/disputes", counted(thing.count, "open dispute")),
        BindingKind::Seats => ("/proofing", counted(thing.count, "seat") + " in reviews"),
        BindingKind::Team => ("/team", counted(thing.count, "other member")),
    }
}
