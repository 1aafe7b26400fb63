package io.github.x402sessions.facilitator.http;

import java.util.function.Supplier;

import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.QuoteRequest;
import io.github.x402sessions.facilitator.session.Quotes;
import io.github.x402sessions.facilitator.session.Registration;
import io.github.x402sessions.facilitator.session.RegistrationException;
import io.github.x402sessions.facilitator.session.RegistrationRequest;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.session.SignedRegistrar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The calls that payers make: ask for an approve to sign, register a session, look at it.
 */
public final class SessionEndpoints {

	private static final Logger logger = LoggerFactory.getLogger(SessionEndpoints.class);

	private final Quotes quotes;

	private final SignedRegistrar registrar;

	private final SessionStore sessions;

	private final PastCalls calls;

	private final SessionRules rules;

	private final LedgerClock ledgers;

	private final Bulkhead registering;

	/**
	 * Create the endpoints.
	 * @param quotes builds approves
	 * @param registrar registers
	 * @param sessions the sessions
	 * @param calls what they have paid for
	 * @param rules tell when a session has ended
	 * @param ledgers knows the height of the ledger
	 * @param registering where calls wait for the chain
	 */
	public SessionEndpoints(Quotes quotes, SignedRegistrar registrar, SessionStore sessions, PastCalls calls,
			SessionRules rules, LedgerClock ledgers, Bulkhead registering) {
		this.registering = registering;
		this.quotes = quotes;
		this.registrar = registrar;
		this.sessions = sessions;
		this.calls = calls;
		this.rules = rules;
		this.ledgers = ledgers;
	}

	ServerResponse quote(ServerRequest request) {
		QuoteRequest wanted = RequestBody.read(request, QuoteRequest.class);
		return answer(() -> Answer.of(HttpStatus.OK, this.quotes.quote(wanted)));
	}

	ServerResponse register(ServerRequest request) {
		RegistrationRequest claims = RequestBody.read(request, RegistrationRequest.class);
		return answer(() -> {
			Registration registration = this.registrar.register(claims);
			return Answer.of(registration.created() ? HttpStatus.CREATED : HttpStatus.OK,
					RegisteredSession.of(registration));
		});
	}

	private ServerResponse answer(Supplier<ServerResponse> work) {
		return this.registering.answer(() -> checked(work),
				() -> Answer.error(HttpStatus.SERVICE_UNAVAILABLE, "too many registrations at once; try again"));
	}

	private static ServerResponse checked(Supplier<ServerResponse> work) {
		try {
			return work.get();
		}
		catch (RegistrationException ex) {
			return Answer.of(status(ex), Refusal.of(ex));
		}
		catch (RpcException ex) {
			logger.warn("A registration could not be checked: {}", ex.getMessage());
			return Answer.error(HttpStatus.SERVICE_UNAVAILABLE,
					"rpc_error: the Stellar RPC gives no usable answer; try again");
		}
	}

	private static HttpStatus status(RegistrationException refusal) {
		if (refusal.isTemporary()) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		return refusal.isConflict() ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST;
	}

	ServerResponse show(ServerRequest request) {
		return this.sessions.find(new SessionId(request.pathVariable("id")))
			.map((session) -> Answer.of(HttpStatus.OK,
					SessionState.of(session, hasExpired(session), this.calls.of(session))))
			.orElseGet(() -> Answer.error(HttpStatus.NOT_FOUND, "session_not_found"));
	}

	/** While the height of the ledger is not known, a session is shown as it was. */
	private boolean hasExpired(Session session) {
		try {
			return this.rules.hasExpired(session.terms().expirationLedger(), this.ledgers.latest().sequence());
		}
		catch (RpcException ex) {
			return false;
		}
	}

}
