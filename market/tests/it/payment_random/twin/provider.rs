//! The twin as a provider: each request has its luck.

use super::{GOOD, NAME, Payment, Twin};
use market::payment::{
    AccountNews, AccountRequest, CardNews, CardRequest, ChargeNews, ChargeRequest, Checkout, CheckoutNews, CheckoutRequest, Content, News,
    PayoutNews, PayoutRequest, Provider, SavedCard, Sending,
};
use market::registry::Boxed;
use market::{Error, Money, Result, Time, payee};
use std::collections::BTreeMap;

fn boxed<'a, T: Send + 'a>(answer: Result<T>) -> Boxed<'a, Result<T>> {
    Box::pin(std::future::ready(answer))
}

impl Provider for Twin {
    fn name(&self) -> &'static str {
        NAME
    }

    fn has_fees(&self) -> bool {
        true
    }

    fn open_checkout<'a>(&'a self, asked: &'a CheckoutRequest) -> Boxed<'a, Result<Checkout>> {
        boxed(self.tried(|held, _| {
            let deposit = asked.deposit.to_string();
            if !held.payments.iter().any(|payment| payment.deposit == deposit) {
                let (total, reversals) = (Money(asked.amount.0 + asked.fee.0), BTreeMap::new());
                let (amount, method) = (asked.amount, asked.method);
                held.payments.push(Payment { deposit: deposit.clone(), amount, total, method, is_charge: false, step: None, reversals });
            }
            Ok(Checkout { session: format!("session_{deposit}"), url: format!("http://127.0.0.1/{deposit}") })
        }))
    }

    fn find_checkout<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CheckoutNews>> {
        boxed(self.tried(|held, _| {
            let found = held.payments.iter().find(|payment| session.strip_prefix("session_") == Some(payment.deposit.as_str()));
            found.map(Payment::checkout).ok_or_else(|| Error::not_found("checkout"))
        }))
    }

    fn open_card_page<'a>(&'a self, asked: &'a CardRequest) -> Boxed<'a, Result<Checkout>> {
        boxed(self.tried(|held, _| {
            let session = asked.key.replace(':', "_");
            held.pages.entry(session.clone()).or_insert((asked.team.to_string(), None));
            Ok(Checkout { url: format!("http://127.0.0.1/{session}"), session })
        }))
    }

    fn find_card<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CardNews>> {
        boxed(self.tried(|held, _| {
            let (team, saved) = held.pages.get(session).ok_or_else(|| Error::not_found("page"))?;
            let card = saved.map(|is_good| if is_good { GOOD } else { "card_refused" });
            let card = card.map(|card| SavedCard { customer: "cus".into(), card: card.into(), label: "A card".into() });
            Ok(CardNews { session: session.to_owned(), reference: Some(team.clone()), card, is_expired: false })
        }))
    }

    fn charge<'a>(&'a self, asked: &'a ChargeRequest) -> Boxed<'a, Result<ChargeNews>> {
        boxed(self.tried(|held, _| Ok(held.charge(asked))))
    }

    fn find_charge<'a>(&'a self, payment: &'a str) -> Boxed<'a, Result<ChargeNews>> {
        boxed(self.tried(|held, _| {
            let found = held.payments.iter().find(|one| one.is_charge && one.id() == payment);
            found.map(Payment::charge).ok_or_else(|| Error::not_found("charge"))
        }))
    }

    fn open_account<'a>(&'a self, asked: &'a AccountRequest) -> Boxed<'a, Result<String>> {
        boxed(self.tried(|held, _| {
            let account = format!("acct_{}", asked.team);
            held.emit(Content::AccountChange(account.clone()));
            Ok(account)
        }))
    }

    fn account_page<'a>(&'a self, account: &'a str, _: &'a str) -> Boxed<'a, Result<String>> {
        boxed(self.tried(|_, _| Ok(format!("http://127.0.0.1/{account}"))))
    }

    fn find_account<'a>(&'a self, account: &'a str) -> Boxed<'a, Result<AccountNews>> {
        let mut held = self.state();
        held.lookups += 1;
        let state = held.account.unwrap_or(payee::State::Ready);
        boxed(Ok(AccountNews { account: account.to_owned(), state, missing: Vec::new() }))
    }

    fn pay_out<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<Sending>> {
        boxed(self.tried(|held, luck| held.pay_out(asked, luck)))
    }

    fn find_payout<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<PayoutNews>> {
        boxed(self.tried(|held, _| {
            let found = held.payout(asked.payout.as_str()).ok_or_else(|| Error::not_found("payout"))?;
            Ok(found.bank_payment(None))
        }))
    }

    fn take_back<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<()>> {
        boxed(self.tried(|held, _| {
            held.take_back(asked.payout.as_str(), None);
            Ok(())
        }))
    }

    fn missed_news(&self, _: Time) -> Boxed<'_, Result<Vec<News>>> {
        let held = self.state();
        // Of the accounts of payees a provider lists no events: their payouts have to be asked about. The first news of the account are
        // an exception, so that there is one.
        let missed = held.news.iter().filter(|news| !matches!(news.content, Content::Payout(_)));
        boxed(Ok(missed.cloned().collect()))
    }
}
