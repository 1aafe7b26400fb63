package io.github.x402sessions.samples.agent;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param status the HTTP status; 0 if there was no answer
 * @param transaction the hash of the transaction that paid, or {@code null}
 * @param amount what was paid, as a decimal, or {@code null}
 * @param body the answer's body
 * @param error why the call was not paid; absent if it was
 * @param remaining what the session has left, as a decimal; for people only
 */
record CallResult(int status, @Nullable String transaction, @Nullable String amount, String body,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error, @JsonIgnore @Nullable String remaining) {

	static CallResult of(HttpResponse<String> answer, Asset asset, BigInteger price) {
		Optional<PaymentReceipt> receipt = PaymentReceipt.from(answer);
		String remaining = receipt.map(PaymentReceipt::remaining).map(asset::toDecimal).orElse(null);
		if (receipt.isPresent() && receipt.get().success()) {
			BigInteger settled = (receipt.get().amount() != null) ? receipt.get().amount() : price;
			return new CallResult(answer.statusCode(), receipt.get().transaction(), asset.toDecimal(settled),
					answer.body(), null, remaining);
		}
		return new CallResult(answer.statusCode(), null, null, answer.body(), PaymentReceipt.refusal(answer),
				remaining);
	}

	static CallResult lost(Exception failure) {
		return new CallResult(0, null, null, "", "no answer: " + failure.getClass().getSimpleName(), null);
	}

	@JsonIgnore
	boolean isPaid() {
		return this.error == null;
	}

}
