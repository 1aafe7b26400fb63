package io.github.x402sessions.core.purchase;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt to claim a payment identifier.
 */
public sealed interface PurchaseClaim {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param won what to make of an identifier that is this request's now
	 * @param lost what to make of one that is not
	 * @return the result of the case
	 */
	<T> T fold(Function<Won, T> won, Function<Lost, T> lost);

	/**
	 * The identifier is this request's until its lease is concluded or released.
	 *
	 * @param lease what it is held by
	 * @param owed what was paid before for the same request, without an answer;
	 * {@code null} if nothing was
	 */
	record Won(PurchaseLease lease, Purchase.@Nullable Owed owed) implements PurchaseClaim {

		/**
		 * Check the fields.
		 */
		public Won {
			Objects.requireNonNull(lease, "lease");
		}

		@Override
		public <T> T fold(Function<Won, T> won, Function<Lost, T> lost) {
			return won.apply(this);
		}

	}

	/**
	 * The identifier is taken.
	 *
	 * @param known what it is used for, or was
	 */
	record Lost(Purchase known) implements PurchaseClaim {

		/**
		 * Check the fields.
		 */
		public Lost {
			Objects.requireNonNull(known, "known");
		}

		@Override
		public <T> T fold(Function<Won, T> won, Function<Lost, T> lost) {
			return lost.apply(this);
		}

	}

}
