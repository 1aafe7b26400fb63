package io.github.x402sessions.servlet;

import java.io.IOException;

import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.servlet.body.SignedBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.request.PaymentHeaderReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests whose payers have signed for their bodies bodies that can be compared
 * whoever has read them, and answers those that cannot be handled. Other requests stay as
 * they are. Thread-safe.
 */
final class SignedBodies {

	private final PaymentHeaderReader reader;

	private final BodyStorage storage;

	private final FilterResponses responses;

	SignedBodies(PaymentGate gate, BodyStorage storage, FilterResponses responses) {
		this.reader = new PaymentHeaderReader(gate);
		this.storage = storage;
		this.responses = responses;
	}

	/** Go on with a request, nothing of whose body was read. */
	void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		SignedBody known = SignedBody.of(request);
		boolean begins = known == null && request.getDispatcherType() == DispatcherType.REQUEST && isSigned(request);
		HttpServletRequest given = begins ? SignedBody.in(request, this.storage) : request;
		SignedBody body = begins ? SignedBody.of(given) : null;
		try {
			chain.doFilter(given, response);
		}
		catch (ServletException | RuntimeException ex) {
			RefusedBodyException refused = refused(ex);
			if (refused == null || response.isCommitted() || request.isAsyncStarted()) {
				throw ex;
			}
			this.responses.write(response, problem(refused));
		}
		finally {
			if (body != null) {
				body.release();
			}
		}
	}

	/** What is wrong with a payment is said where it is asked for. */
	private boolean isSigned(HttpServletRequest request) {
		try {
			PaymentPayload payment = this.reader.read(request);
			return payment != null
					&& ReceivedCall.signedIn(payment).filter((signed) -> !signed.leavesBodyOpen()).isPresent();
		}
		catch (MalformedMessageException ex) {
			return false;
		}
	}

	/** Frameworks wrap what their handlers throw. */
	private static @Nullable RefusedBodyException refused(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++) {
			if (cause instanceof RefusedBodyException refused) {
				return refused;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static Problem problem(RefusedBodyException refused) {
		String detail = refused.getMessage();
		return switch (refused.reason()) {
			case TOO_LARGE -> Problem.signedBodyTooLong(detail);
			case TOO_SLOW -> Problem.signedBodyTooSlow(detail);
			case CROWDED -> Problem.signedBodiesCrowded(detail);
			case MALFORMED -> Problem.malformedForm(detail);
		};
	}

}
