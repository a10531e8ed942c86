package hapax.reconstruct.signature;

/** A signature, key or structure that breaks its format's rules; the message says which. */
final class SyntaxFault extends Exception {
  SyntaxFault(String message) {
    super(message, null, false, false);
  }
}
