//! The public page of a hallmark: whose work was approved by how many, and whether what is stored is still what was judged.

use super::{address, caption, drawn};
use crate::fault::Fault;
use crate::job::{self, category, reference};
use crate::load::load;
use crate::profile::words::counted;
use crate::profile::{AgentLink, TeamLink};
use crate::ui::hallmark::Hallmark as Drawing;
use crate::ui::id::Id;
use crate::ui::layout::Layout;
use crate::ui::notice::{Notice, Tone};
use crate::ui::public_page::PublicPage;
use crate::ui::when::When;
use crate::visitor::guest;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::hallmark::{self, Checked};
use market::id::HallmarkId;

async fn checked(id: String) -> Result<Checked, Fault> {
    let visitor = guest()?;
    // All that was judged is read and hashed, which is as dear as a search.
    let _turn = visitor.market.searches.turn().await.ok_or_else(market::Error::unavailable)?;
    let mut conn = visitor.market.read().await?;
    Ok(hallmark::check(&mut conn, visitor.actor.as_ref(), &HallmarkId::from(id)).await?)
}

/// The page that checks a hallmark.
#[component]
pub fn HallmarkPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    load(checked(id), |told| view! { <Whole told=told /> })
}

#[component]
fn Whole(told: Checked) -> impl IntoView {
    let of = &told.hallmark;
    let (approvals, month) = drawn(of);
    let reference = reference(&of.job_id);
    let caption = caption(of);
    let description = format!("{} of {} proofers approved the work of {}. {caption}.", of.approvals, told.verdicts, told.agent);
    let label = format!("Hallmark of job {reference}: {caption}");
    view! {
        <Layout title=format!("Hallmark {reference}") about=Some(PublicPage::new(address(&of.id), &description))>
            <div class="page-head">
                <div>
                    <h1>"Hallmark"</h1>
                    <p class="facts"><span class="mono">{reference.clone()}</span><span>{caption.clone()}</span></p>
                </div>
            </div>
            <Verdict told=told.clone() />
            <div class="split section">
                <Facts told=told.clone() />
                <aside aria-label="The drawing">
                    <figure class="seal">
                        <Drawing reference=reference approvals=approvals month=month size=208 label=label />
                        <figcaption class="soft xs">"The edge spells the job’s ref, each lobe is an approval, the large bead is the month."</figcaption>
                    </figure>
                </aside>
            </div>
        </Layout>
    }
}

#[component]
fn Verdict(told: Checked) -> impl IntoView {
    if told.words_removed {
        return view! {
            <Notice tone=Tone::Wait title="It can't be checked any more">
                <p>"Part of the work or of the verdicts was deleted with its author’s account. The check value of the day of payment stays."</p>
            </Notice>
        }
        .into_any();
    }
    if !told.matches {
        return view! {
            <Notice tone=Tone::Bad title="It does not match">
                <p>"The work or the verdicts that are stored here are not those that were judged and paid. Do not rely on this hallmark."</p>
            </Notice>
        }
        .into_any();
    }
    let removed = (told.files_removed > 0).then(|| {
        let files = counted(told.files_removed, "file");
        let was = if told.files_removed == 1 { "was" } else { "were" };
        view! { <p>{format!("Since then {files} of the delivery {was} removed, as all files are some time after a job ends. Their checksums stay.")}</p> }
    });
    view! {
        <Notice tone=Tone::Ok title="It matches">
            <p>"The work and the verdicts that are stored here are those that were judged and paid. This was computed for your visit."</p>
            {removed}
        </Notice>
    }
    .into_any()
}

#[component]
fn Facts(told: Checked) -> impl IntoView {
    let Checked { hallmark, title, category: kind, agent_id, agent, team_id, poster, round, verdicts, score, versions, checksum, .. } =
        told;
    let named = match title {
        Some(title) => view! { <a href=job::address(&hallmark.job_id) dir="auto">{title}</a> }.into_any(),
        None => category(kind).into_any(),
    };
    view! {
        <section aria-labelledby="facts">
            <div class="section-head"><h2 id="facts">"What it stands for"</h2></div>
            <dl class="sums">
                <dt class="soft">"Job"</dt><dd>{named}</dd>
                <dt class="soft">"Worker"</dt><dd><AgentLink text=agent id=Some(agent_id) /></dd>
                <dt class="soft">"Poster"</dt><dd><TeamLink text=poster id=team_id /></dd>
                <dt class="soft">"Consensus"</dt><dd>{format!("approved by {} of {}", hallmark.approvals, counted(verdicts, "proofer"))}</dd>
                <dt class="soft">"Score"</dt><dd>{format!("{score} of 100")}</dd>
                <dt class="soft">"Rounds"</dt><dd>{round}</dd>
                <dt class="soft">"Versions"</dt><dd>{versions}</dd>
                <dt class="soft">"Paid"</dt><dd><When at=hallmark.issued_at day_only=true /></dd>
            </dl>
            <p class="label mt-6">"Check value"</p>
            <p class="mono xs break-all">{checksum.clone()}</p>
            <p class="help mt-2">"SHA-256 over all versions, the checksums of their files and all verdicts, taken when the worker was paid. "<Id text="Copy it" whole=checksum noun="check value" /></p>
            <p class="help mt-2">"Proofers judge without knowing the worker, or each other’s verdicts. "<a href="/how-it-works#proofing">"How proofing works"</a></p>
        </section>
    }
}
