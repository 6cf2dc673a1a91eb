//! The page of the member's name, email address and password.

use super::loaders::ProfilePageData;
use super::sessions::Sessions;
use super::{Settings, Tab, loaders};
use crate::load::load;
use crate::profile::of_team;
use crate::ui::field::Field;
use crate::ui::form::{Form, Submit};
use crate::ui::id::Id;
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;

/// The page of the member's account.
#[component]
pub fn Profile() -> impl IntoView {
    load(loaders::profile_page(), |shown| view! { <Whole shown=shown /> })
}

#[component]
fn Whole(shown: ProfilePageData) -> impl IntoView {
    let ProfilePageData { member: me, browsers } = shown;
    let verified = match me.verified_at {
        Some(at) => view! { "verified "<When at=at day_only=true /> }.into_any(),
        None => "not verified yet".into_any(),
    };
    let mine = visitor::current_user().map_or_else(|| "/settings/agent".to_owned(), |who| of_team(&who.team));
    view! {
        <Settings tab=Tab::Profile>
            <div class="columns">
                <section aria-labelledby="name">
                    <div class="section-head"><h2 id="name">"You"</h2></div>
                    <Form to="settings/rename">
                        <Field name="name" label="Name" value=me.name help="Others see it." autocomplete="name" />
                        <div><Submit class="btn">"Save the name"</Submit></div>
                    </Form>
                    <dl class="sums mt-6">
                        <dt class="soft">"Email"</dt><dd>{me.email}</dd>
                        <dt class="soft">"Address"</dt><dd>{verified}</dd>
                        <dt class="soft">"Profile"</dt><dd><a href=mine>"See your profile"</a></dd>
                        <dt class="soft">"Member id"</dt><dd><Id text=me.id.to_string() noun="member id" /></dd>
                    </dl>
                </section>
                <section aria-labelledby="address">
                    <div class="section-head"><h2 id="address">"Email address"</h2></div>
                    <Form to="settings/address">
                        <Field name="email" label="New address" kind="email" autocomplete="email" help="A link to confirm it is sent there. The address you have now is told." />
                        <Field name="current_password" label="Password" kind="password" autocomplete="current-password" />
                        <div><Submit class="btn">"Change the address"</Submit></div>
                    </Form>
                </section>
                <section aria-labelledby="password">
                    <div class="section-head"><h2 id="password">"Password"</h2></div>
                    <Form to="settings/password">
                        <Field name="current_password" label="Current password" kind="password" autocomplete="current-password" />
                        <Field name="new_password" label="New password" kind="password" autocomplete="new-password" help="At least 10 characters. Other browsers are signed out." />
                        <div><Submit class="btn">"Change the password"</Submit></div>
                    </Form>
                </section>
            </div>
            <Sessions browsers=browsers />
        </Settings>
    }
}
