package io.github.x402sessions.core.purchase;

/** Stands for a body where there is none to be read. */
final class NoBody implements RepeatableBody {

	@Override
	public void continueFrom(String earlier) {
	}

	@Override
	public boolean continuesEarlier() {
		return true;
	}

	@Override
	public String read() {
		return "";
	}

	@Override
	public boolean matches(String earlier) {
		return true;
	}

}
