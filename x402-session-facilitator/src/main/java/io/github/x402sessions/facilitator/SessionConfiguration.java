package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.store.DatabaseClock;
import java.util.Set;

import io.github.x402sessions.facilitator.chain.Approves;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.ContractConsent;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.StandingReader;
import io.github.x402sessions.facilitator.chain.Standings;
import io.github.x402sessions.facilitator.http.Bulkhead;
import io.github.x402sessions.facilitator.http.SessionEndpoints;
import io.github.x402sessions.facilitator.http.SessionView;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.reconcile.BooksWatch;
import io.github.x402sessions.facilitator.session.Admission;
import io.github.x402sessions.facilitator.session.AllowanceRounds;
import io.github.x402sessions.facilitator.session.AllowanceWatch;
import io.github.x402sessions.facilitator.session.Closing;
import io.github.x402sessions.facilitator.session.Landing;
import io.github.x402sessions.facilitator.session.Owners;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.Quotes;
import io.github.x402sessions.facilitator.session.Registrar;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.session.SignedRegistrar;
import io.github.x402sessions.facilitator.session.TakingBack;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How sessions come to be: quotes, approves that are sent for their payers, registration.
 */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	/** The ledgers in which a transaction may still land, at 5 seconds each, and some. */
	private static final long EXPIRY_MARGIN = 12;

	@Bean
	SessionRules sessionRules(FacilitatorProperties properties, SpenderKey spender) {
		return new SessionRules(properties.network(), spender.address(), Set.copyOf(properties.assets()),
				Set.copyOf(properties.recipients()), properties.servedRecipients(), EXPIRY_MARGIN);
	}

	@Bean
	SessionStore sessionStore(JdbcClient jdbc, TransactionOperations transactions, DatabaseClock clock) {
		return new SessionStore(jdbc, transactions, clock);
	}

	@Bean
	Admission admission(SessionRules rules, SessionStore store, Chain chain, StandingReader holdings,
			LedgerClock ledgers, Polling polling) {
		return new Admission(rules, store, chain, holdings, ledgers, polling);
	}

	@Bean
	AllowanceWatch allowanceWatch(SessionRules rules, SessionStore store, Chain chain, Standings standings,
			LedgerClock ledgers, BooksWatch books) {
		return new AllowanceWatch(rules, store, chain, standings, ledgers, () -> books.doubt().isPresent());
	}

	@Bean(initMethod = "start")
	AllowanceRounds allowanceRounds(SessionRules rules, SessionStore store, AllowanceWatch watch, Chain chain,
			LedgerClock ledgers) {
		return new AllowanceRounds(rules, store, watch, chain, ledgers);
	}

	@Bean
	Owners owners(StellarRpc rpc, Chain chain, FacilitatorProperties properties, SpenderKey spender) {
		return new Owners(chain, new ContractConsent(rpc, properties.stellar().passphrase(), spender.address()));
	}

	@Bean
	Closing closing(SessionRules rules, SessionStore store, Owners owners) {
		return new Closing(rules, store, owners);
	}

	@Bean
	TakingBack takingBack(SessionStore store, Closing closing, Approves approves, Landing landing) {
		return new TakingBack(store, closing, approves, landing);
	}

	@Bean
	Quotes quotes(SessionRules rules, AllowanceWatch watch, Admission admission, Approves approves,
			FacilitatorProperties properties) {
		return new Quotes(rules, watch, admission, approves, properties.approvals().sponsored());
	}

	@Bean
	SignedRegistrar signedRegistrar(SessionRules rules, SessionStore store, Owners owners, Admission admission,
			Approves approves, Landing landing, SpenderKey spender) {
		Registrar registrar = new Registrar(rules, store, owners, admission, spender.derive("x402-session-id:v1"));
		return new SignedRegistrar(rules, store, owners, admission, approves, landing, registrar);
	}

	@Bean
	Landing landing(StellarRpc rpc, Chain chain, Approves approves, Polling polling, FacilitatorProperties properties) {
		return new Landing(rpc, chain, approves, polling, properties.approvals().timeout(),
				properties.approvals().sponsored());
	}

	@Bean
	Bulkhead registrationBulkhead(EngineProperties engine, FacilitatorProperties properties) {
		return new Bulkhead("register", engine.maxWaiting(), properties.approvals().timeout().plusMinutes(1));
	}

	@Bean
	SessionEndpoints sessionEndpoints(Quotes quotes, SignedRegistrar registrar, Closing closing, TakingBack takingBack,
			SessionStore sessions, SessionView view, Bulkhead registrationBulkhead) {
		return new SessionEndpoints(quotes, registrar, closing, takingBack, sessions, view, registrationBulkhead);
	}

	@Bean
	SessionView sessionView(AllowanceWatch watch, JdbcClient jdbc, SessionRules rules, LedgerClock ledgers) {
		return new SessionView(watch, new PastCalls(jdbc), rules, ledgers);
	}

}
