package io.github.x402sessions.servlet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that approves of everything until the test tells it otherwise, and counts
 * what it settled.
 */
final class ScriptedFacilitator implements Facilitator {

	static final SettleResponse RECEIPT = new SettleResponse(true, null, null, "GP", "ab12", "stellar:testnet",
			"1000000", null);

	final AtomicInteger verified = new AtomicInteger();

	final AtomicInteger settled = new AtomicInteger();

	final List<String> amounts = new CopyOnWriteArrayList<>();

	/** Held down by a test that wants a settlement to take its time. */
	volatile CountDownLatch gate = new CountDownLatch(0);

	volatile Runnable whileSettling = () -> {
	};

	volatile VerifyResponse verdict = VerifyResponse.valid("GP");

	volatile SettleResponse receipt = RECEIPT;

	volatile Optional<FacilitatorException> verifyFailure = Optional.empty();

	volatile Optional<FacilitatorException> settleFailure = Optional.empty();

	@Override
	public SupportedResponse supported() {
		return new SupportedResponse(List.of(new SupportedKind(2, "session", "stellar:testnet", Map.of())), List.of(),
				Map.of());
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		this.verified.incrementAndGet();
		this.verifyFailure.ifPresent((failure) -> {
			throw failure;
		});
		return this.verdict;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		this.settled.incrementAndGet();
		this.amounts.add(request.paymentRequirements().amount());
		await();
		this.whileSettling.run();
		this.settleFailure.ifPresent((failure) -> {
			throw failure;
		});
		SettleResponse receipt = this.receipt;
		return (receipt == RECEIPT) ? new SettleResponse(true, null, null, "GP", "ab12", "stellar:testnet",
				request.paymentRequirements().amount(), null) : receipt;
	}

	private void await() {
		try {
			if (!this.gate.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the test never opened the gate");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
