package io.github.x402sessions.devnet.fee;

/**
 * Resources that a contract call declares.
 *
 * @param instructions CPU instructions
 * @param diskReadEntries classic entries in the footprint
 * @param writeEntries entries in the footprint's writable part
 * @param diskReadBytes bytes of the classic entries
 * @param writeBytes bytes of the entries it writes
 */
public record DeclaredResources(long instructions, int diskReadEntries, int writeEntries, long diskReadBytes,
		long writeBytes) {
}
