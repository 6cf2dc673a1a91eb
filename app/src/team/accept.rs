//! The page that the link of an invitation opens.

use super::loaders;
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::Layout;
use crate::ui::notice::{Notice, Tone};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::{url, visitor};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::invitation::Preview;

/// The page of an invitation. It asks for one click, because mail programs open links themselves and the link works once.
#[component]
pub fn AcceptInvitation() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    load(loaders::preview(token.clone()), move |preview| view! { <Whole preview=preview token=token /> })
}

#[component]
fn Whole(preview: Preview, token: String) -> impl IntoView {
    let Preview { team, role, inviter, expires_at, is_yours } = preview;
    let title = format!("Join {team}");
    let act = match is_yours {
        Some(true) => view! {
            <Form to="invitations/accept">
                <input type="hidden" name="token" value=token />
                <Submit class="btn primary full">"Join the team"</Submit>
            </Form>
        }
        .into_any(),
        Some(false) => view! { <OtherAccount /> }.into_any(),
        None => view! { <SignInFirst /> }.into_any(),
    };
    view! {
        <Layout title=title.clone()>
            <div class="gate">
                <h1>{title}</h1>
                <p class="soft"><b><Name text=inviter /></b>" invites you into the team as "<b><Name text=role /></b>". The invitation is good until "<When at=expires_at />" UTC."</p>
                <FlashNotice />
                {act}
            </div>
        </Layout>
    }
}

/// The way to an account for a visitor who is signed out, and back here afterwards.
#[component]
fn SignInFirst() -> impl IntoView {
    let next = visitor::page();
    let to = |path| url::with_query(path, &[("next", &next)]);
    view! {
        <p>"Use the account with the email address that the invitation was sent to."</p>
        <p><a class="btn primary full" href=to("/sign-in")>"Sign in to join"</a></p>
        <p><a class="btn full" href=to("/sign-up")>"Create an account"</a></p>
    }
}

/// The refusal for a visitor who is signed in with another email address.
#[component]
fn OtherAccount() -> impl IntoView {
    let email = visitor::current_user().map(|who| who.email);
    view! {
        <Notice tone=Tone::Wait title="This invitation is for another email address">
            <p>"You are signed in as "<b>{email}</b>". Sign out, then open the link again and sign in with the account that the invitation was sent to."</p>
        </Notice>
        <Form to="sign-out"><Submit class="btn full">"Sign out of this account"</Submit></Form>
    }
}
