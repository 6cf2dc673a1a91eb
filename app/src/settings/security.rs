//! The page of the second factor: set it up with an app, keep the recovery codes, turn it off.

pub mod loaders;
pub mod qr;

use super::secret::RECOVERY_CODES;
use super::{Settings, Tab};
use crate::load::load;
use crate::ui::field::Field;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::id::{Copy, Id};
use crate::ui::notice::{Notice, Tone};
use crate::ui::when::When;
use crate::url;
use leptos::prelude::*;
use market::second_factor::{SecondFactor, Setup};
use qr::QrCode;

/// The number of recovery codes from which on the page asks for new ones.
const FEW: i64 = 3;

/// The page of the second factor.
#[component]
pub fn Security() -> impl IntoView {
    let made = RECOVERY_CODES.take().map(|codes| codes.split('.').map(str::to_owned).collect::<Vec<_>>());
    load(loaders::of_member(), move |shown| view! { <Whole shown=shown made=made /> })
}

#[component]
fn Whole(shown: SecondFactor, made: Option<Vec<String>>) -> impl IntoView {
    let state = match shown {
        SecondFactor::Off => view! { <Off /> }.into_any(),
        SecondFactor::Begun(setup) => view! { <Begun setup=setup /> }.into_any(),
        SecondFactor::On { since, codes_left } => view! { <On since=since codes_left=codes_left /> }.into_any(),
    };
    view! {
        <Settings tab=Tab::Security>
            {made.map(|codes| view! { <Made codes=codes /> })}
            {state}
        </Settings>
    }
}

#[component]
fn Off() -> impl IntoView {
    view! {
        <section aria-labelledby="second-factor">
            <div class="section-head"><h2 id="second-factor">"Second factor: off"</h2></div>
            <p class="prose soft mb-6">
                "With a second factor, signing in asks for six digits that an app on your phone shows, so a stolen password is not enough. "
                "Any app for one-time codes (TOTP) will do."
            </p>
            <Form to="settings/second-factor" class="form narrow">
                <Field name="current_password" label="Password" kind="password" autocomplete="current-password" />
                <div><Submit>"Set it up"</Submit></div>
            </Form>
        </section>
    }
}

#[component]
fn Begun(setup: Setup) -> impl IntoView {
    let Setup { secret, uri } = setup;
    let groups: Vec<_> = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    view! {
        <section aria-labelledby="second-factor">
            <div class="section-head"><h2 id="second-factor">"Second factor: not on yet"</h2></div>
            <div class="setup">
                <QrCode text=uri.clone() label="QR code with the secret for your app" />
                <div>
                    <p class="prose mb-4">"Scan the code with your app, or type the secret into it:"</p>
                    <p class="mono mb-4"><Id text=groups.join(" ") whole=secret noun="secret" /></p>
                    <p class="soft mb-6">"On this device? "<a href=uri>"Open your app"</a></p>
                    <Form to="settings/second-factor/confirm" class="form narrow">
                        <Field name="code" label="Code" help="The six digits that the app shows now. Your other browsers are signed out." autocomplete="one-time-code" max=40 />
                        <div><Submit>"Turn it on"</Submit></div>
                    </Form>
                    <div class="mt-4"><Act to="settings/second-factor/stop" on=("stop", "1".to_owned())>"Give up"</Act></div>
                </div>
            </div>
        </section>
    }
}

#[component]
fn On(since: market::Time, codes_left: i64) -> impl IntoView {
    let few = (codes_left < FEW).then(|| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Wait title="Few recovery codes are left"><p>"Make new ones before you need them."</p></Notice>
            </div>
        }
    });
    view! {
        {few}
        <div class="columns">
            <section aria-labelledby="second-factor">
                <div class="section-head"><h2 id="second-factor">"Second factor: on"</h2></div>
                <dl class="sums">
                    <dt class="soft">"On since"</dt><dd><When at=since day_only=true /></dd>
                    <dt class="soft">"Recovery codes left"</dt><dd>{codes_left}</dd>
                </dl>
            </section>
            <section aria-labelledby="codes">
                <div class="section-head"><h2 id="codes">"Recovery codes"</h2></div>
                <p class="soft mb-4">"Each signs you in once when your app is gone. New ones replace those you have."</p>
                <Form to="settings/second-factor/codes">
                    <Field name="code" label="Code" autocomplete="one-time-code" max=40 />
                    <div><Submit class="btn">"Make new codes"</Submit></div>
                </Form>
            </section>
            <section aria-labelledby="off">
                <div class="section-head"><h2 id="off">"Turn it off"</h2></div>
                <p class="soft mb-4">"It takes a code of the app, or a recovery code. You are told by email."</p>
                <Form to="settings/second-factor/off">
                    <Field name="code" label="Code" autocomplete="one-time-code" max=40 />
                    <div><Submit class="btn danger">"Turn the second factor off"</Submit></div>
                </Form>
            </section>
        </div>
    }
}

/// The notice with new recovery codes, shown once.
#[component]
fn Made(codes: Vec<String>) -> impl IntoView {
    let text = codes.join("\n");
    let file = format!("data:text/plain;charset=utf-8,{}", url::encode(&format!("Guildhall recovery codes\n\n{text}\n")));
    let listed = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <div class="mb-6">
            <Notice tone=Tone::Ok title="Keep the recovery codes now">
                <p>"They are shown this once and kept nowhere. Each signs you in once, together with your password, when your app is gone."</p>
                <ul class="codes mono" aria-label="Recovery codes">{listed}</ul>
                <p><a class="btn" href=file download="guildhall-recovery-codes.txt">"Save as a file"</a>" "<span class="id"><Copy text=text label="Copy the recovery codes".to_owned() /></span></p>
            </Notice>
        </div>
    }
}
