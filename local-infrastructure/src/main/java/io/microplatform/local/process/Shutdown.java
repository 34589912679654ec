package io.microplatform.local.process;

/**
 * The signals that end a program.
 *
 * @param endsOn the signal upon which it ends in good order
 * @param crashesOn the signal upon which it ends at once, its children too
 */
public record Shutdown(Signal endsOn, Signal crashesOn) {

	/** How most programs do. */
	public static final Shutdown USUAL = new Shutdown(Signal.TERM, Signal.KILL);

}
