package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.SettlementTiming;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of an answer and its money, by when it is settled, what its handler
 * answers and what the facilitator says: the same on every server.
 *
 * @param timing when it is settled
 * @param reply what its handler answers
 * @param word what the facilitator says
 */
public record SettlementRule(SettlementTiming timing, Reply reply, Word word) {

	/** The ways in which handlers answer. */
	public enum Reply {

		/** The word {@code goods}, at once. */
		PLAIN(200),
		/** The word {@code goods}, flushed, and again. */
		FLUSHED(200),
		/** The word {@code goods}, beyond any budget. */
		LONG(200),
		/** A header {@code X-Goods} alone. */
		EMPTY(204),
		/** To a place whose name is worth something. */
		REDIRECT(303),
		/** An error of the handler's own. */
		FAILURE(422),
		/** An exception. */
		THROWN(500);

		private final int status;

		Reply(int status) {
			this.status = status;
		}

		/** Its name in paths. */
		public String path() {
			return name().toLowerCase(Locale.ROOT);
		}

		boolean costs() {
			return this.status < 400;
		}

	}

	/** The words of facilitators. */
	public enum Word {

		/** All is well. */
		SETTLES,
		/** The payment is verified, and its settlement refused. */
		REFUSES,
		/** The payment is no good. */
		INVALID,
		/** Nothing, when it is asked to verify. */
		SILENT_ON_VERIFY,
		/** Nothing, when it is asked to settle. */
		SILENT_ON_SETTLE

	}

	/** Every combination that routes can have. */
	public static Stream<SettlementRule> all() {
		List<SettlementRule> rules = new ArrayList<>();
		for (SettlementTiming timing : List.of(SettlementTiming.AT_COMMIT, SettlementTiming.BEFORE_HANDLER,
				SettlementTiming.DURING_HANDLER)) {
			for (Reply reply : Reply.values()) {
				for (Word word : Word.values()) {
					rules.add(new SettlementRule(timing, reply, word));
				}
			}
		}
		return rules.stream();
	}

	/**
	 * Pay, and see what comes of it.
	 * @param facilitator the shop's
	 * @param payment pays a shop for this reply
	 */
	public void check(ScriptedFacilitator facilitator, Paying payment) throws Exception {
		prepare(facilitator);
		HttpResponse<String> response = payment.pay(this);
		String all = response.body() + response.headers().map();
		assertThat(response.statusCode()).isEqualTo(status());
		assertThat(facilitator.settled).hasValue(settlements());
		if (isSold()) {
			assertThat(all).contains(Handlers.GOODS);
			assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
		}
		else {
			assertThat(all).doesNotContain(Handlers.GOODS);
		}
		if (hasReceipt()) {
			assertThat(PaidContainer.receipt(response).success()).isEqualTo(this.word == Word.SETTLES);
		}
		else {
			assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		}
	}

	private void prepare(ScriptedFacilitator facilitator) {
		facilitator.settled.set(0);
		facilitator.verdict = (this.word == Word.INVALID) ? VerifyResponse.invalid("cap_exceeded", null)
				: VerifyResponse.valid("GP");
		facilitator.receipt = (this.word == Word.REFUSES)
				? SettleResponse.failure("cap_exceeded", null, "stellar:testnet") : ScriptedFacilitator.RECEIPT;
		facilitator.verifyFailure = (this.word == Word.SILENT_ON_VERIFY)
				? Optional.of(new FacilitatorUnavailableException("silent", null)) : Optional.empty();
		facilitator.settleFailure = (this.word == Word.SILENT_ON_SETTLE)
				? Optional.of(new FacilitatorUnavailableException("silent", null)) : Optional.empty();
	}

	private boolean isVerified() {
		return this.word != Word.INVALID && this.word != Word.SILENT_ON_VERIFY;
	}

	private boolean isSettled() {
		return this.word == Word.SETTLES;
	}

	private boolean isSold() {
		return isSettled() && this.reply.costs();
	}

	private int settlements() {
		return (isVerified() && (this.timing != SettlementTiming.AT_COMMIT || this.reply.costs())) ? 1 : 0;
	}

	private boolean hasReceipt() {
		return settlements() > 0 || this.word == Word.INVALID;
	}

	private int status() {
		if (!isVerified()) {
			return (this.word == Word.INVALID) ? 402 : 503;
		}
		boolean handled = isSettled() || (!this.reply.costs() && this.timing != SettlementTiming.BEFORE_HANDLER);
		if (handled) {
			return this.reply.status;
		}
		return (this.word == Word.REFUSES) ? 402 : 503;
	}

	/** Pays a shop. */
	@FunctionalInterface
	public interface Paying {

		HttpResponse<String> pay(SettlementRule rule) throws Exception;

	}

}
