//! The pages of the market, and the server functions that their forms call.
//!
//! Pages are rendered on the server and work without a script; islands only add what needs one.

#![recursion_limit = "256"]

mod act;
pub mod activity;
pub mod admin;
pub mod agent;
pub mod conversation;
pub mod dashboard;
pub mod dispute;
pub mod error_page;
pub mod fault;
pub mod file;
pub mod flash;
pub mod hallmark;
pub mod home;
pub mod how;
pub mod job;
pub mod job_invitation;
pub mod load;
pub mod mandate;
pub mod member;
pub mod notification;
pub mod once;
pub mod profile;
pub mod question;
pub mod respond;
pub mod review;
pub mod role;
pub mod safety;
pub mod sandbox;
pub mod settings;
pub mod shell;
pub mod site;
pub mod team;
pub mod ui;
pub mod url;
pub mod visitor;
pub mod wallet;
pub mod webhook;

use activity::page::LivePage;
use admin::job_list::AdminJobs;
use admin::ledger::AdminLedger;
use admin::log::AdminLog;
use admin::member::AdminMember;
use admin::member_list::AdminMembers;
use admin::payments::AdminPayments;
use admin::timers::AdminTimers;
use agent::edit::EditAgent;
use agent::list::Agents;
use dashboard::hire::Hire;
use dashboard::work::Work;
use dispute::list::Disputes;
use dispute::page::DisputePage;
use error_page::{BrokenPage, ErrorPage, NotFound};
use hallmark::check::HallmarkPage;
use home::Home;
use how::help::Help;
use how::works::HowItWorks;
use job::list::JobList;
use job::new::{EditJob, NewJob};
use job::show::JobPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::path;
use mandate::page::MandatePage;
use member::code::SignInCode;
use member::reset::{ConfirmAddress, ForgotPassword, NotMe, ResetPassword};
use member::restore::RestoreAccount;
use member::sign_in::SignIn;
use member::sign_up::SignUp;
use member::verify::Verify;
use notification::choices::MailChoices;
use notification::list::Notifications;
use notification::unsubscribe::Unsubscribe;
use profile::agent::AgentPage;
use profile::team::TeamProfilePage;
use review::queue::Proofing;
use review::workspace::Review;
use role::edit::{NewRole, RolePage};
use safety::case::SafetyCase;
use safety::own::Safety;
use safety::queue::SafetyQueue;
use safety::report::ReportPage;
use sandbox::bank::BankPage;
use sandbox::card::CardPage;
use sandbox::checkout::Checkout;
use sandbox::mail::{SandboxLetter, SandboxMail};
use settings::agent::AgentProfile;
use settings::keys::Keys;
use settings::privacy::Privacy;
use settings::profile::Profile;
use settings::security::Security;
use team::accept::AcceptInvitation;
use team::audit::AuditLog;
use team::page::TeamPage;
use wallet::WalletPage;
use wallet::deposit_list::DepositListPage;
use wallet::deposit_page::DepositPage;
use wallet::payout_list::PayoutsPage;
use wallet::receipt::ReceiptPage;
use wallet::refill::RefillPage;
use webhook::delivery::DeliveryPage;
use webhook::list::WebhookList;
use webhook::page::WebhookPage;

/// The page of a request.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    respond::policy();
    match use_context() {
        Some(BrokenPage(error)) => view! { <ErrorPage error=error /> }.into_any(),
        None => view! { <Pages /> }.into_any(),
    }
}

/// The routes of all pages.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Home />
                <Route path=path!("/jobs") view=JobList />
                <Route path=path!("/jobs/new") view=NewJob />
                <Route path=path!("/jobs/:id") view=JobPage />
                <Route path=path!("/jobs/:id/edit") view=EditJob />
                <Route path=path!("/jobs/:id/review") view=Review />
                <Route path=path!("/jobs/:id/dispute") view=DisputePage />
                <Route path=path!("/disputes") view=Disputes />
                <Route path=path!("/hire") view=Hire />
                <Route path=path!("/work") view=Work />
                <Route path=path!("/proofing") view=Proofing />
                <WalletPages />
                <Route path=path!("/team") view=TeamPage />
                <Route path=path!("/team/audit") view=AuditLog />
                <Route path=path!("/team/roles/new") view=NewRole />
                <Route path=path!("/team/roles/:id") view=RolePage />
                <Route path=path!("/agents") view=Agents />
                <Route path=path!("/agents/:id") view=AgentPage />
                <Route path=path!("/agents/:id/edit") view=EditAgent />
                <Route path=path!("/agents/:id/mandate") view=MandatePage />
                <Route path=path!("/teams/:id") view=TeamProfilePage />
                <Route path=path!("/hallmark/:id") view=HallmarkPage />
                <Route path=path!("/live") view=LivePage />
                <Route path=path!("/how-it-works") view=HowItWorks />
                <Route path=path!("/help") view=Help />
                <Route path=path!("/invitations/accept") view=AcceptInvitation />
                <Route path=path!("/settings") view=Profile />
                <Route path=path!("/settings/security") view=Security />
                <Route path=path!("/settings/agent") view=AgentProfile />
                <Route path=path!("/settings/keys") view=Keys />
                <Route path=path!("/settings/notifications") view=MailChoices />
                <Route path=path!("/settings/privacy") view=Privacy />
                <Route path=path!("/settings/safety") view=Safety />
                <Route path=path!("/report") view=ReportPage />
                <WebhookPages />
                <AdminPages />
                <Route path=path!("/notifications") view=Notifications />
                <Route path=path!("/unsubscribe") view=Unsubscribe />
                <Route path=path!("/sandbox/checkout/:id") view=Checkout />
                <Route path=path!("/sandbox/card/:page") view=CardPage />
                <Route path=path!("/sandbox/bank/:account") view=BankPage />
                <Route path=path!("/sandbox/mail") view=SandboxMail />
                <Route path=path!("/sandbox/mail/:id") view=SandboxLetter />
                <Route path=path!("/sign-in") view=SignIn />
                <Route path=path!("/sign-in/code") view=SignInCode />
                <Route path=path!("/sign-up") view=SignUp />
                <Route path=path!("/forgot-password") view=ForgotPassword />
                <Route path=path!("/reset-password") view=ResetPassword />
                <Route path=path!("/confirm-address") view=ConfirmAddress />
                <Route path=path!("/not-me") view=NotMe />
                <Route path=path!("/account/restore") view=RestoreAccount />
                <Route path=path!("/verify") view=Verify />
            </Routes>
        </Router>
    }
}

/// The routes of the wallet.
#[component(transparent)]
fn WalletPages() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/wallet") view=Outlet>
            <Route path=path!("") view=WalletPage />
            <Route path=path!("/deposits") view=DepositListPage />
            <Route path=path!("/deposits/:id") view=DepositPage />
            <Route path=path!("/refill") view=RefillPage />
            <Route path=path!("/payouts") view=PayoutsPage />
            <Route path=path!("/entries/:id") view=ReceiptPage />
        </ParentRoute>
    }
    .into_inner()
}

/// The routes of outgoing webhooks.
#[component(transparent)]
fn WebhookPages() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/webhooks") view=Outlet>
            <Route path=path!("") view=WebhookList />
            <Route path=path!("/:id") view=WebhookPage />
            <Route path=path!("/:id/deliveries/:delivery") view=DeliveryPage />
        </ParentRoute>
    }
    .into_inner()
}

/// The routes of the console of the server's admins.
#[component(transparent)]
fn AdminPages() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/admin") view=Outlet>
            <Route path=path!("") view=AdminMembers />
            <Route path=path!("/members/:id") view=AdminMember />
            <Route path=path!("/jobs") view=AdminJobs />
            <Route path=path!("/safety") view=SafetyQueue />
            <Route path=path!("/safety/:id") view=SafetyCase />
            <Route path=path!("/ledger") view=AdminLedger />
            <Route path=path!("/payments") view=AdminPayments />
            <Route path=path!("/timers") view=AdminTimers />
            <Route path=path!("/log") view=AdminLog />
        </ParentRoute>
    }
    .into_inner()
}
