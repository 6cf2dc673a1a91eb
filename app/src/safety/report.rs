//! The form that reports a thing.

use super::actions::REPORT;
use super::{OWN, loaders, words};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::field::{Select, TextArea};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Form, Submit};
use crate::ui::layout::{Layout, PageHead};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::safety::{DETAILS_MAX, Reason, Target};

/// The page with the form; `?type=` and `?id=` name the thing.
#[component]
pub fn ReportPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let of = |name| query.get(name).unwrap_or_default();
    let id = of("id");
    load(loaders::to_report(of("type"), id.clone()), move |target| view! { <Whole id=id target=target /> })
}

#[component]
fn Whole(id: String, target: Target) -> impl IntoView {
    let Target { kind, words: said } = target;
    let reasons = Reason::ALL.iter().map(|&reason| (reason.as_str().to_owned(), words::reason(reason).to_owned())).collect();
    view! {
        <Layout title="Report">
            <PageHead title="Report" />
            <VerifyFirst />
            <FlashNotice />
            <p class="soft mb-2">{words::kind(kind)}</p>
            <blockquote class="said prose mb-6" dir="auto">{said}</blockquote>
            <Form to=REPORT only=("target_id", id) class="form narrow">
                <input type="hidden" name="target_type" value=kind.as_str() />
                <Select name="reason" label="What is wrong" options=reasons />
                <TextArea name="details" label="Details" rows=4 max=DETAILS_MAX optional=true
                    help="What an admin should look at. Needed if something else is wrong." />
                <p class="help">"An admin decides whether it is hidden, and you hear of it. Its owner never learns who reported it."</p>
                <div class="row"><Submit>"Send the report"</Submit><a class="btn quiet" href=OWN>"Your reports"</a></div>
            </Form>
        </Layout>
    }
}
