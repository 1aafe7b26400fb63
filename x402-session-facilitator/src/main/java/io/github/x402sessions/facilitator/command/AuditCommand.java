package io.github.x402sessions.facilitator.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.audit.AuditHead;
import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.audit.AuditRecord;
import io.github.x402sessions.facilitator.audit.AuditVerification;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Exports the audit log, and finds out whether it is as it was written.
 */
@Command(name = "audit", mixinStandardHelpOptions = true,
		description = "Exports the audit log, and finds out whether it is as it was written.")
public final class AuditCommand {

	@Command(name = "export", mixinStandardHelpOptions = true,
			description = "Prints the audit log, a line of JSON for each row.")
	int export(@Option(names = "--after", defaultValue = "0", paramLabel = "N",
			description = "The number of the row after which to begin; from the first one where left out") long after,
			@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			AuditLog log = context.getBean(AuditLog.class);
			List<AuditRecord> rows = log.after(after, AuditLog.MOST);
			while (!rows.isEmpty()) {
				rows.forEach((row) -> options.print(new String(WireJson.write(row), StandardCharsets.UTF_8)));
				rows = log.after(rows.get(rows.size() - 1).number(), AuditLog.MOST);
			}
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "verify", mixinStandardHelpOptions = true,
			description = "Names the first row that is not as it was written. Whoever can write everything can make all "
					+ "rows again: that shows by a hash only which was kept somewhere else.",
			exitCodeListHeading = "Exit codes:%n",
			exitCodeList = { "0:all rows are as they were written", "1:one is not, or rows are missing",
					"2:a property or an option is missing or wrong", "4:there are no books of this version" })
	int verify(
			@Option(names = "--file", paramLabel = "FILE",
					description = "An export, in place of the books") @Nullable Path file,
			@Option(names = "--head", paramLabel = "HASH",
					description = "The hash of a row that was kept somewhere else, such as in the log: that row has to "
							+ "be there. All others are looked at too") @Nullable String head,
			@Option(names = "--before", paramLabel = "HASH",
					description = "Of a FILE that begins with a later row than the first one: the hash of the row before "
							+ "that, which was kept somewhere else. Without it nothing says that the beginning is what it "
							+ "was") @Nullable String before,
			@Mixin ToolOptions options) {
		if (file != null) {
			return verify(file, AuditVerification.ofExport(before, head), options);
		}
		if (before != null) {
			options.print("--before is for a --file: the books begin with the first row.");
			return CommandLine.ExitCode.USAGE;
		}
		return options.with(DatabaseSchema.REQUIRED, List.of(),
				(context) -> verify(context.getBean(AuditLog.class), AuditVerification.ofAll(head), options));
	}

	private static int verify(AuditLog log, AuditVerification verification, ToolOptions options) {
		AuditHead head = log.head();
		List<AuditRecord> rows = log.after(0, AuditLog.MOST);
		while (!rows.isEmpty()) {
			for (AuditRecord row : rows) {
				Optional<String> fault = verification.check(row);
				if (fault.isPresent()) {
					return broken(fault.get(), options);
				}
			}
			head = log.head();
			rows = log.after(verification.last().number(), AuditLog.MOST);
		}
		return end(verification, head, options);
	}

	private static int verify(Path file, AuditVerification verification, ToolOptions options) {
		long number = 0;
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				number++;
				Optional<String> fault = verification
					.check(WireJson.read(line.getBytes(StandardCharsets.UTF_8), AuditRecord.class));
				if (fault.isPresent()) {
					return broken("line " + number + ": " + fault.get(), options);
				}
			}
		}
		catch (MalformedMessageException ex) {
			return broken("line " + number + " is no row: " + ex.getMessage(), options);
		}
		catch (IOException ex) {
			options.print("The file cannot be read.");
			return CommandLine.ExitCode.USAGE;
		}
		return end(verification, null, options);
	}

	private static int end(AuditVerification verification, @Nullable AuditHead head, ToolOptions options) {
		Optional<String> fault = verification.end(head);
		if (fault.isPresent()) {
			return broken(fault.get(), options);
		}
		options.print(verification.rows() + " row(s) are as they were written. The last one is " + verification.last());
		verification.unproven()
			.ifPresent((first) -> options.print("Nothing says that row " + first
					+ " is the one that followed those before it: give --before the hash of the row before it."));
		return CommandLine.ExitCode.OK;
	}

	private static int broken(String fault, ToolOptions options) {
		options.print("The audit log is not as it was written: " + fault + ".");
		return CommandLine.ExitCode.SOFTWARE;
	}

}
