//! The messages on a job's page, newest first.

use super::{ConversationView, actions};
use crate::job::address;
use crate::profile::{AgentLink, TeamLink};
use crate::ui::field::TextArea;
use crate::ui::form::{Act, Form, Submit, came_back};
use crate::ui::pager::Pager;
use crate::ui::when::When;
use crate::ui::written::{Name, Prose};
use crate::visitor;
use leptos::prelude::*;
use market::Page;
use market::id::{AgentId, TeamId};
use market::job::{Role, View};
use market::message::{Message, OPEN_AFTER_CLOSING, Role as Speaker};
use std::sync::Arc;

/// The section with the messages; none while there is no other participant.
#[component]
pub fn Messages(view: Arc<View>, heard: Option<ConversationView>, unread: i64) -> impl IntoView {
    if !is_shown(&view, heard.as_ref()) {
        return None;
    }
    let id = view.job.id.clone();
    let (told, inside) = match heard {
        None => return None,
        Some(ConversationView::Blind(why)) => (None, view! { <p class="soft">{why}</p> }.into_any()),
        Some(ConversationView::Said(page)) => {
            let to = format!("{}#messages", address(&view.job.id));
            let shown = (&page).into();
            let total = (page.total > 0).then_some(page.total);
            let inside = view! {
                <Write view=view.clone() first=page.total == 0 />
                <MessageItem page=page team=view.job.team_id.clone() agent=view.job.agent_id.clone() unread=unread />
                <Pager shown=shown to=to of=("said", "Pages of messages") />
            };
            (total, inside.into_any())
        }
    };
    Some(view! {
        <section class="section" aria-labelledby="messages">
            <div class="section-head">
                <div class="row"><h2 id="messages">"Messages"</h2><span class="soft">{told}</span></div>
                {(unread > 0).then(|| view! { <Act to=actions::READ on=("job", id.to_string()) class="btn quiet">"Mark as read"</Act> })}
            </div>
            {inside}
        </section>
    })
}

/// Returns true if the page has a section with messages: somebody said something, or can.
pub(crate) fn is_shown(view: &View, heard: Option<&ConversationView>) -> bool {
    match heard {
        None => false,
        Some(ConversationView::Blind(_)) => true,
        Some(ConversationView::Said(page)) => page.total > 0 || somebody_listens(view),
    }
}

/// The list of messages.
#[component]
pub fn MessageItem(
    page: Page<Message>,
    /// The poster's team, whose name leads to its profile.
    team: TeamId,
    /// The worker; none for readers who do not learn who it is.
    agent: Option<AgentId>,
    /// The number of the newest messages of others that are marked as new.
    #[prop(optional)]
    unread: i64,
) -> impl IntoView {
    (!page.items.is_empty()).then(|| {
        let mut left = if page.offset == 0 { unread } else { 0 };
        let all = page.items.into_iter().map(|said| {
            let is_new = left > 0 && !said.mine;
            left -= i64::from(is_new);
            let who = if said.mine { "you" } else { speaker(said.role) };
            let author = match said.role {
                Speaker::Poster => view! { <TeamLink text=said.author id=team.clone() /> }.into_any(),
                Speaker::Worker => view! { <AgentLink text=said.author id=agent.clone() /> }.into_any(),
                // A proofer's name is hidden from some readers, so it leads nowhere.
                Speaker::Proofer => view! { <Name text=said.author /> }.into_any(),
            };
            view! {
                <li>
                    <b>{author}</b>" "
                    <span class="soft xs">{who}", "<When at=said.created_at /></span>
                    {is_new.then(|| view! { " "<span class="new">"New"</span> })}
                    <Prose text=said.body class="said prose work-prose" />
                </li>
            }
        });
        view! { <ul class="items mt-4" aria-label="Messages, the newest first">{all.collect_view()}</ul> }
    })
}

#[component]
fn Write(view: Arc<View>, first: bool) -> impl IntoView {
    if !somebody_listens(&view) {
        return view! { <p class="soft">"The conversation is closed: nobody was chosen for the job, or it ended 90 days ago."</p> }
            .into_any();
    }
    let on = ("job", view.job.id.to_string());
    let open = came_back(actions::SAY, &on);
    let form = view! {
        <Form to=actions::SAY only=on class="form narrow">
            <TextArea name="body" label="Message" rows=3 preview="prose" max=5_000 help=readers(&view) />
            <div><Submit class="btn">"Send"</Submit></div>
        </Form>
    };
    if !first {
        return form.into_any();
    }
    view! {
        <details class="more" open=open>
            <summary class="btn">"Write a message"</summary>
            <div class="mt-4">{form}</div>
        </details>
    }
    .into_any()
}

/// Describes who reads the viewer's messages.
fn readers(view: &View) -> String {
    let worker = view.worker.as_deref().unwrap_or("The worker");
    let proofers =
        if view.job.review.is_some() && !view.job.status.is_closed() { ", and so do proofers once their own verdict is in" } else { "" };
    match view.role {
        Role::Poster => format!("{worker} reads it{proofers}. It can’t be changed."),
        Role::Worker => format!("{} reads it{proofers}. It can’t be changed.", view.poster),
        _ => format!("{} and the worker read it. The worker is not told your name.", view.poster),
    }
}

const fn speaker(role: Speaker) -> &'static str {
    match role {
        Speaker::Poster => "poster",
        Speaker::Worker => "worker",
        Speaker::Proofer => "proofer",
    }
}

/// Returns true if a message can be sent now. A proofer is not told who the worker is, but there is one.
fn somebody_listens(view: &View) -> bool {
    let chosen = view.role == Role::Proofer || view.job.worker_team_id.is_some();
    chosen && view.job.closed_at.is_none_or(|closed| closed.after(OPEN_AFTER_CLOSING) > visitor::now())
}
