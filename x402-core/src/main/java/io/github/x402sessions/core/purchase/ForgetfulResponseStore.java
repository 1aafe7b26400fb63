package io.github.x402sessions.core.purchase;

import java.util.function.BooleanSupplier;

/**
 * A store without which payments go on while it is out of reach, as though nothing were
 * known of their identifiers. What is known and cannot be read is not forgotten.
 */
final class ForgetfulResponseStore implements ResponseStore {

	private final ResponseStore store;

	ForgetfulResponseStore(ResponseStore store) {
		this.store = store;
	}

	@Override
	public PurchaseClaim claim(String key, String request) {
		try {
			return this.store.claim(key, request)
				.fold((won) -> new PurchaseClaim.Won(new Lease(won.lease()), won.owed()), (lost) -> lost);
		}
		catch (AnswersUnavailableException ex) {
			return new PurchaseClaim.Won(new Unkept(), null);
		}
	}

	/** A lease that takes no word for a good one. */
	private record Lease(PurchaseLease lease) implements PurchaseLease {

		@Override
		public boolean note(Purchase otherwise) {
			return attempt(() -> this.lease.note(otherwise));
		}

		@Override
		public boolean conclude(Purchase end) {
			return attempt(() -> this.lease.conclude(end));
		}

		@Override
		public void release() {
			attempt(() -> {
				this.lease.release();
				return true;
			});
		}

		private static boolean attempt(BooleanSupplier action) {
			try {
				return action.getAsBoolean();
			}
			catch (AnswersUnavailableException ex) {
				return true;
			}
		}

	}

	/** A lease of what nobody keeps. */
	private record Unkept() implements PurchaseLease {

		@Override
		public boolean note(Purchase otherwise) {
			return true;
		}

		@Override
		public boolean conclude(Purchase end) {
			return true;
		}

		@Override
		public void release() {
		}

	}

}
