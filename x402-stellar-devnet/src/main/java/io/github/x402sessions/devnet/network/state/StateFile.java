package io.github.x402sessions.devnet.network.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the network in a file: a line with its identity, a line with all entries, and
 * then a line for each ledger with its changes. An unfinished line, because the process
 * was killed, is a ledger that did not close. Not thread-safe: the network guards it.
 */
public final class StateFile implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Path file;

	private final NetworkParameters parameters;

	private @Nullable Writer out;

	public StateFile(Path file, NetworkParameters parameters) {
		this.file = file;
		this.parameters = parameters;
	}

	/**
	 * Reads the network, or makes a new one if there is none, and goes on in the file.
	 * @throws IllegalArgumentException if the file is another network's, or none
	 * @throws UncheckedIOException if it cannot be read or written
	 */
	public NetworkState open(Clock clock) {
		NetworkState state = Files.exists(this.file) ? read() : NetworkState.genesis(this.parameters, clock);
		rewrite(state);
		return state;
	}

	/** Begins anew. */
	public void rewrite(NetworkState state) {
		close();
		Path fresh = this.file.resolveSibling(this.file.getFileName() + ".new");
		try {
			try (Writer writer = Files.newBufferedWriter(fresh)) {
				writeLine(writer, SavedNetwork.of(this.parameters));
				writeLine(writer, SavedLedger.all(state));
			}
			Files.move(fresh, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			this.out = Files.newBufferedWriter(this.file, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write the state to " + this.file, ex);
		}
	}

	/** Adds what changed since the last line. */
	public void append(NetworkState state, List<AppliedTransaction> applied) {
		Writer writer = this.out;
		if (writer == null) {
			return;
		}
		try {
			writeLine(writer, SavedLedger.changes(state, applied));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write the state to " + this.file, ex);
		}
	}

	private static void writeLine(Writer writer, Object content) throws IOException {
		writer.write(MAPPER.writeValueAsString(content) + "\n");
		writer.flush();
	}

	private NetworkState read() {
		try (BufferedReader lines = Files.newBufferedReader(this.file)) {
			SavedNetwork network = MAPPER.readValue(String.valueOf(lines.readLine()), SavedNetwork.class);
			network.requireSame(this.parameters, this.file);
			SavedLedger everything = MAPPER.readValue(String.valueOf(lines.readLine()), SavedLedger.class);
			NetworkState state = new NetworkState(new EntryStore(),
					new LedgerHistory(everything.oldestMark(), everything.closedLedger()), new TransactionArchive());
			everything.applyTo(state, this.parameters.rules());
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				apply(line, state);
			}
			state.entries().takeTouched();
			state.entries().forgetPast();
			return state;
		}
		catch (JacksonException | NullPointerException ex) {
			throw new IllegalArgumentException(this.file + " is no state of this network", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read the state from " + this.file, ex);
		}
	}

	private void apply(String line, NetworkState state) {
		SavedLedger saved;
		try {
			saved = MAPPER.readValue(line, SavedLedger.class);
		}
		catch (JacksonException ex) {
			return; // the process was killed while it wrote this line, which is the last
		}
		ClosedLedger closed = saved.closedLedger();
		if (closed.sequence() > state.history().latest().sequence()) {
			state.history().add(closed);
		}
		saved.applyTo(state, this.parameters.rules());
	}

	@Override
	public void close() {
		Writer writer = this.out;
		this.out = null;
		if (writer != null) {
			try {
				writer.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("cannot write the state to " + this.file, ex);
			}
		}
	}

}
