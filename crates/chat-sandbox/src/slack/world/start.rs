//! What there is when a local Slack starts.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::Arc,
};

use tokio::sync::{Notify, watch};

use super::{
    app::{App, Team},
    channel::{Channel, Kind, Messages},
    fault::Faults,
    rates::Rates,
    recent::Recent,
    session::Sockets,
    state::State,
    traffic::Traffic,
    user::User,
};
use crate::{
    common::{Clock, Recorder, secret},
    slack::{options::Options, time::Ts},
};

pub(super) fn state(
    options: &Options,
    address: SocketAddr,
    version: &watch::Sender<u64>,
    wake: &Arc<Notify>,
    clock: &Arc<Clock>,
) -> State {
    let mut state = State {
        address,
        team: Team {
            id: String::new(),
            name: options.workspace.name.clone(),
            domain: options.workspace.domain.clone(),
        },
        app: App {
            id: String::new(),
            bot_id: String::new(),
            user: String::new(),
            seed: options.app.clone(),
            verification: secret(),
            bot_token: options.bot_token.clone(),
            app_token: options.app_token.clone(),
            revoked: false,
        },
        people: Vec::new(),
        channels: BTreeMap::new(),
        ephemerals: Vec::new(),
        views: HashMap::new(),
        homes: HashMap::new(),
        chosen: Recent::default(),
        files: BTreeMap::new(),
        sockets: Sockets::default(),
        pending: HashMap::new(),
        retries: Vec::new(),
        triggers: Recent::default(),
        urls: Recent::default(),
        rates: Rates::new(options.rate_limits),
        faults: Faults::default(),
        recorder: Recorder::default(),
        traffic: Traffic::default(),
        clock: Arc::clone(clock),
        last_id: 0,
        last_ts: Ts::at(clock.now()),
        version: version.clone(),
        wake: Arc::clone(wake),
    };
    state.team.id = state.next_id("T");
    state.app.id = state.next_id("A");
    state.app.bot_id = state.next_id("B");
    state.app.user = state.next_id("U");
    state.enable_sockets();
    populate(&mut state, options);
    state
}

fn populate(state: &mut State, options: &Options) {
    let bot = User::bot(&state.app.user, &options.app);
    state.people.push(bot);
    for (number, person) in options.workspace.people.iter().enumerate() {
        let id = state.next_id("U");
        state.people.push(User::new(id, person, number == 0));
    }
    for (number, seed) in options.workspace.channels.iter().enumerate() {
        let id = state.next_id("C");
        let everyone = state.people.iter().filter(|user| !user.bot);
        let members = everyone.filter(|user| !user.guest || number == 0);
        let mut members: Vec<String> = members.map(|user| user.id.clone()).collect();
        if seed.bot {
            members.push(state.app.user.clone());
        }
        let kind = if seed.private {
            Kind::Private
        } else {
            Kind::Public
        };
        let created = state.now();
        let creator = state.people[1].id.clone();
        let channel = Channel {
            id: id.clone(),
            name: seed.name.clone(),
            topic: seed.topic.clone(),
            kind,
            members,
            archived: false,
            general: number == 0,
            created,
            creator,
            messages: Messages::default(),
        };
        state.channels.insert(id, channel);
    }
}
