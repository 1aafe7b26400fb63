package io.github.x402sessions.devnet.fee;

/**
 * The resource fees of the network after SLP-4, in stroops. All divisions round up.
 */
public final class FeeSchedule {

	/** Writing one entry. */
	static final long WRITE_ENTRY = 2500;

	/** Writing 1 KiB. */
	static final long WRITE_KIB = 875;

	private static final long INSTRUCTIONS_10K = 7;

	private static final long READ_ENTRY = 1563;

	private static final long READ_KIB = 447;

	private static final long HISTORY_KIB = 4059;

	private static final long BANDWIDTH_KIB = 406;

	private static final long EVENTS_KIB = 5000;

	private static final long RESULT_SIZE = 300;

	private FeeSchedule() {
	}

	/** The fee for declared resources, used or not. */
	public static long nonRefundable(DeclaredResources resources, int transactionSize) {
		return ceilDiv(resources.instructions() * INSTRUCTIONS_10K, 10_000) + READ_ENTRY * resources.diskReadEntries()
				+ WRITE_ENTRY * resources.writeEntries() + perKib(resources.diskReadBytes(), READ_KIB)
				+ perKib(resources.writeBytes(), WRITE_KIB) + perKib(transactionSize + RESULT_SIZE, HISTORY_KIB)
				+ perKib(transactionSize, BANDWIDTH_KIB);
	}

	/**
	 * The fee for the events and the return value.
	 * @param size their XDR bytes together
	 */
	public static long events(int size) {
		return perKib(size, EVENTS_KIB);
	}

	static long perKib(long bytes, long rate) {
		return ceilDiv(bytes * rate, 1024);
	}

	static long ceilDiv(long dividend, long divisor) {
		return -Math.floorDiv(-dividend, divisor);
	}

}
