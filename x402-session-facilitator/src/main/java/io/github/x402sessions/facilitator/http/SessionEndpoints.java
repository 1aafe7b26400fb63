package io.github.x402sessions.facilitator.http;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.closing.AllowanceRevocation;
import io.github.x402sessions.facilitator.session.closing.ClosingRequest;
import io.github.x402sessions.facilitator.session.closing.RevocationRequest;
import io.github.x402sessions.facilitator.session.closing.SessionClosing;
import io.github.x402sessions.facilitator.session.registration.ApprovalQuotes;
import io.github.x402sessions.facilitator.session.registration.QuoteRequest;
import io.github.x402sessions.facilitator.session.registration.Registration;
import io.github.x402sessions.facilitator.session.registration.RegistrationException;
import io.github.x402sessions.facilitator.session.registration.RegistrationRequest;
import io.github.x402sessions.facilitator.session.registration.SignedRegistrar;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The calls that payers make: ask for an approval to sign, register a session, look at
 * it, close it.
 */
final class SessionEndpoints {

	private static final Logger logger = LoggerFactory.getLogger(SessionEndpoints.class);

	/** A session's id is shorter. */
	private static final Pattern APPROVAL = Pattern.compile("[0-9a-fA-F]{64}");

	private final ApprovalQuotes quotes;

	private final SignedRegistrar registrar;

	private final SessionClosing closing;

	private final AllowanceRevocation revocation;

	private final SessionRepository sessions;

	private final SessionView view;

	private final Drain drain;

	private final Bulkhead registering;

	/**
	 * Create the endpoints.
	 * @param quotes builds approves
	 * @param registrar registers
	 * @param closing closes
	 * @param revocation closes and takes the allowance back
	 * @param sessions the sessions
	 * @param view shows them
	 * @param registering where calls wait for the chain
	 * @param drain knows whether there may be new sessions
	 */
	public SessionEndpoints(ApprovalQuotes quotes, SignedRegistrar registrar, SessionClosing closing,
			AllowanceRevocation revocation, SessionRepository sessions, SessionView view, Bulkhead registering,
			Drain drain) {
		this.drain = drain;
		this.registering = registering;
		this.quotes = quotes;
		this.registrar = registrar;
		this.closing = closing;
		this.revocation = revocation;
		this.sessions = sessions;
		this.view = view;
	}

	ServerResponse quote(ServerRequest request) {
		QuoteRequest wanted = RequestBody.read(request, QuoteRequest.class);
		return answer(request, () -> this.drain.take(() -> JsonResponses.of(HttpStatus.OK, this.quotes.quote(wanted))));
	}

	ServerResponse register(ServerRequest request) {
		RegistrationRequest claims = RequestBody.read(request, RegistrationRequest.class);
		return answer(request, () -> {
			Registration registration = this.drain.take(() -> this.registrar.register(claims));
			return JsonResponses.of(registration.created() ? HttpStatus.CREATED : HttpStatus.OK,
					RegisteredSession.of(registration));
		});
	}

	private ServerResponse answer(ServerRequest request, Supplier<ServerResponse> work) {
		return this.registering.answer(request, () -> checked(work),
				JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "that takes too long; try again"),
				() -> JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "too many registrations at once; try again"));
	}

	private static ServerResponse checked(Supplier<ServerResponse> work) {
		try {
			return work.get();
		}
		catch (RegistrationException ex) {
			return JsonResponses.of(status(ex), RegistrationRefusal.of(ex));
		}
		catch (SigningException ex) {
			logger.warn("The fee of an approve could not be signed for: {}", ex.getMessage());
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE,
					"the facilitator cannot sign for the fee now; try again");
		}
		catch (RpcException ex) {
			logger.warn("A registration could not be checked: {}", ex.getMessage());
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE,
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
		SessionId id = new SessionId(request.pathVariable("id"));
		return answer(request, () -> state(this.sessions.find(id)));
	}

	/**
	 * The path holds the session's id, or the hash of its approval and the body a proof.
	 */
	ServerResponse close(ServerRequest request) {
		String id = request.pathVariable("id");
		if (!APPROVAL.matcher(id).matches()) {
			return answer(request, () -> state(this.closing.close(new SessionId(id))));
		}
		ClosingRequest proof = RequestBody.read(request, ClosingRequest.class);
		return answer(request, () -> state(this.closing.close(id, proof)));
	}

	ServerResponse takeBack(ServerRequest request) {
		SessionId id = new SessionId(request.pathVariable("id"));
		RevocationRequest signed = RequestBody.read(request, RevocationRequest.class);
		return answer(request, () -> state(this.revocation.close(id, signed)));
	}

	private ServerResponse state(Optional<Session> found) {
		return found.map((session) -> JsonResponses.of(HttpStatus.OK, this.view.of(session)))
			.orElseGet(() -> JsonResponses.error(HttpStatus.NOT_FOUND, "session_not_found"));
	}

}
