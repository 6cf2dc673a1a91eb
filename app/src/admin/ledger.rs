//! The check of the ledger, on demand: it reads every entry.

use super::{Console, Tab, asked, loaders};
use crate::load::load;
use crate::ui::id::Id;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pager::grouped;
use leptos::prelude::*;
use market::ledger::Audit;

/// The page of the ledger's check; `?check=now` runs it.
#[component]
pub fn AdminLedger() -> impl IntoView {
    load(loaders::ledger(asked("check") == "now"), |audit| view! { <Whole audit=audit /> })
}

#[component]
fn Whole(audit: Option<Audit>) -> impl IntoView {
    view! {
        <Console tab=Tab::Ledger>
            <p class="prose soft mb-6">"The check reads every entry: each sums to zero, each balance equals its entries, no wallet is below zero, and the chain of hashes is whole."</p>
            {audit.map(|audit| view! { <div class="mb-6"><Verdict audit=audit /></div> })}
            <form action="/admin/ledger">
                <input type="hidden" name="check" value="now" />
                <button class="btn primary" type="submit">"Check the ledger now"</button>
            </form>
        </Console>
    }
}

#[component]
fn Verdict(audit: Audit) -> impl IntoView {
    let Audit { entries, head, waiting, findings } = audit;
    if findings.is_empty() {
        let count = format!("{} checked, and every cent is accounted for.", counted(entries));
        let short = head.get(..16).unwrap_or(&head).to_owned();
        let hash = (!head.is_empty()).then(|| view! { " The last hash: "<Id text=short whole=head noun="last hash" /> });
        let waiting = (waiting > 0).then(|| format!(" {} just posted and not in the chain yet.", counted(waiting)));
        return view! { <Notice tone=Tone::Ok title="The ledger is sound"><p>{count}{hash}{waiting}</p></Notice> }.into_any();
    }
    let listed = findings.into_iter().map(|finding| view! { <li class="mono">{finding}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Bad title="The ledger is not sound">
            <p>{format!("{} checked. Keep a backup, and look into these before more money moves:", counted(entries))}</p>
            <ul>{listed}</ul>
        </Notice>
    }
    .into_any()
}

fn counted(entries: i64) -> String {
    if entries == 1 { "1 entry was".to_owned() } else { format!("{} entries were", grouped(entries)) }
}
