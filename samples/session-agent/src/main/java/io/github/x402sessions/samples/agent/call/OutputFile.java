package io.github.x402sessions.samples.agent.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

import io.github.x402sessions.samples.agent.failure.WrongOptionException;

/**
 * Files for what was bought: the first answer to the file itself, the others to new files
 * beside it.
 *
 * @param file the file
 */
public record OutputFile(Path file) {

	/**
	 * Make sure of the place before money is spent on what goes there.
	 * @param calls how many answers there will be
	 */
	public static OutputFile at(Path file, int calls) {
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)
				|| (Files.exists(file) && !Files.isWritable(file))) {
			throw new WrongOptionException("--output", "cannot be written: " + file);
		}
		OutputFile output = new OutputFile(file);
		IntStream.rangeClosed(2, calls).mapToObj(output::place).filter(Files::exists).findFirst().ifPresent((taken) -> {
			throw new WrongOptionException("--output", "there is a file " + taken + " already");
		});
		return output;
	}

	/** Write an answer; of several, only the first takes the place of an older file. */
	Path write(int call, byte[] body) throws IOException {
		return (call == 1) ? Files.write(this.file, body)
				: Files.write(place(call), body, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
	}

	Path place(int call) {
		return (call == 1) ? this.file : this.file.resolveSibling(this.file.getFileName() + "." + call);
	}

}
