package io.github.x402sessions.client.diagnosis;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a payment should work, and what to do if not: looks at what a server
 * asks, at its facilitator, at the ledger and at the accounts. Signs nothing, sends no
 * payment and needs no key; the request itself is made without a payment, so what is free
 * is done. Thread-safe.
 */
public final class PaymentDoctor {

	private final Duration timeout;

	private final Clock clock;

	private PaymentDoctor(Duration timeout, Clock clock) {
		this.timeout = Objects.requireNonNull(timeout, "timeout");
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	/**
	 * Create one that waits for 10 seconds for each answer.
	 * @return the doctor
	 */
	public static PaymentDoctor create() {
		return of(Duration.ofSeconds(10), Clock.systemUTC());
	}

	/**
	 * Create one.
	 * @param timeout how long each answer may take, body included
	 * @param clock the clock of this machine, which others are compared with
	 * @return the doctor
	 */
	public static PaymentDoctor of(Duration timeout, Clock clock) {
		return new PaymentDoctor(timeout, clock);
	}

	/**
	 * Examine a payment.
	 * @param request the request that is to be paid for, without a payment
	 * @param plan how it is to be paid
	 * @return what was found
	 */
	public Diagnosis examine(HttpRequest request, DiagnosisPlan plan) {
		CheckList list = new CheckList();
		Inquiry inquiry = new Inquiry(list, this.timeout, this.clock);
		PaymentRequired challenge = new ChallengeCheck(list, inquiry).ask(request);
		PaymentRequirements way = (challenge != null) ? new WaysCheck(list, inquiry.now(), plan).choose(challenge)
				: null;
		BrowserCheck browser = (challenge != null && plan.pageOrigin() != null)
				? new BrowserCheck(list, inquiry, plan.pageOrigin()) : null;
		if (browser != null) {
			browser.askServer(request);
		}
		FoundFacilitator facilitator = new FacilitatorCheck(list, inquiry, plan).ask(way, request.uri());
		if (browser != null && facilitator != null && way != null && way.scheme().equals("session")) {
			browser.askFacilitator(facilitator.url());
		}
		new LedgerCheck(list, inquiry, plan).ask(way, (facilitator != null) ? facilitator.spender() : null,
				rpc(plan, facilitator, request.uri()), isNodeNeeded(plan, way, facilitator));
		inquiry.tellClocks();
		return list.diagnosis();
	}

	/**
	 * Who approves by a facilitator that pays for it asks no node, who signs a transfer
	 * does.
	 */
	private static boolean isNodeNeeded(DiagnosisPlan plan, @Nullable PaymentRequirements way,
			@Nullable FoundFacilitator facilitator) {
		boolean transfers = way != null && way.scheme().equals("exact");
		return plan.rpc() != null || transfers || (facilitator != null && facilitator.feesLeftToPayers());
	}

	private static URI rpc(DiagnosisPlan plan, @Nullable FoundFacilitator facilitator, URI server) {
		if (plan.rpc() != null) {
			return plan.rpc();
		}
		URI told = (facilitator != null) ? facilitator.url() : server;
		return (plan.localRpc() != null && Place.isHere(told)) ? plan.localRpc()
				: URI.create(plan.network().defaultRpcUrl());
	}

}
