//! The sandbox's mail, which is kept in a folder instead of sent.

use super::kept::{KeptMail, StoredMail};
use crate::fault::Fault;
use crate::load::load;
use crate::ui::layout::{FactsHead, Layout, PageHead};
use crate::ui::notice::{Empty, Notice, Tone};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::Error;

/// The address of the list.
const LIST: &str = "/sandbox/mail";

/// Returns the folder of kept mail; a server that sends its mail has no such pages.
fn folder() -> Result<KeptMail, Fault> {
    use_context::<Option<KeptMail>>().flatten().ok_or_else(|| Fault(Error::not_found("page")))
}

async fn newest() -> Result<Vec<StoredMail>, Fault> {
    let folder = folder()?;
    tokio::task::spawn_blocking(move || folder.newest()).await.map_err(|_| Fault(Error::internal()))
}

async fn one(id: String) -> Result<StoredMail, Fault> {
    let folder = folder()?;
    let read = tokio::task::spawn_blocking(move || folder.find(&id)).await.map_err(|_| Fault(Error::internal()))?;
    read.ok_or_else(|| Fault(Error::not_found("email")))
}

/// The page with the newest mail.
#[component]
pub fn SandboxMail() -> impl IntoView {
    load(newest(), |all| view! { <List all=all /> })
}

#[component]
fn List(all: Vec<StoredMail>) -> impl IntoView {
    let inside = if all.is_empty() {
        view! { <Empty title="No mail yet"><p>"Sign up, and the email that confirms the address is here."</p></Empty> }.into_any()
    } else {
        let heads = vec![Head::words("Email"), Head::words("To"), Head::number("Sent")];
        let rows = all.into_iter().map(|mail| {
            let (link, at) = (format!("{LIST}/{}", mail.id), mail.sent_at);
            let (subject, to) = (mail.header("Subject").to_owned(), mail.header("To").to_owned());
            view! {
                <Row>
                    <Cell class="main"><a href=link dir="auto">{subject}</a></Cell>
                    <Cell label="To">{to}</Cell>
                    <Cell class="num end" label="Sent"><When at=at /></Cell>
                </Row>
            }
        });
        let rows = rows.collect_view();
        view! { <Table class="table fold pairs" label="Emails, the newest first" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <Layout title="Sandbox mail">
            <PageHead title="Sandbox mail" />
            <KeptHere />
            {inside}
        </Layout>
    }
}

/// The notice that nothing left this machine.
#[component]
fn KeptHere() -> impl IntoView {
    view! { <div class="mb-6"><Notice tone=Tone::Wait><p>"Sandbox: mail is kept here and not sent."</p></Notice></div> }
}

/// The page of one email.
#[component]
pub fn SandboxLetter() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(one(id), |mail| view! { <Letter mail=mail /> })
}

#[component]
fn Letter(mail: StoredMail) -> impl IntoView {
    let subject = mail.header("Subject").to_owned();
    let (to, at) = (format!("To {}", mail.header("To")), mail.sent_at);
    let text = linked(&mail.text, &visitor::rules().base_url);
    view! {
        <Layout title=subject.clone()>
            <FactsHead title=subject>
                <span>{to}</span>
                <span><When at=at /></span>
            </FactsHead>
            <KeptHere />
            <pre class="code">{text}</pre>
            <p class="mt-4"><a href=LIST>"All mail"</a></p>
        </Layout>
    }
}

/// Makes links of the addresses of this server alone.
fn linked(text: &str, base_url: &str) -> Vec<AnyView> {
    text.split_inclusive([' ', '\n']).map(|piece| word(piece, base_url)).collect()
}

/// Draws a word with the space after it.
fn word(piece: &str, base_url: &str) -> AnyView {
    let (word, space) = piece.split_at(piece.trim_end().len());
    if !is_ours(word, base_url) {
        return piece.to_owned().into_any();
    }
    let (to, text, space) = (word.to_owned(), word.to_owned(), space.to_owned());
    view! { <a href=to>{text}</a>{space} }.into_any()
}

fn is_ours(word: &str, base_url: &str) -> bool {
    word.strip_prefix(base_url).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_links_live() {
        let text = "see http://a.example/x?b=1&c=<i> or\nhttp://a.example.evil/ http://b.example/";
        let drawn: String = linked(text, "http://a.example").into_iter().map(RenderHtml::to_html).collect();
        assert_eq!(drawn.matches("<a ").count(), 1, "{drawn}");
        assert!(drawn.contains("<a href=\"http://a.example/x?b=1&amp;c=<i>\">") || drawn.contains("c=&lt;i&gt;\">"), "{drawn}");
        assert!(!drawn.contains("><i>"), "{drawn}");
    }
}
