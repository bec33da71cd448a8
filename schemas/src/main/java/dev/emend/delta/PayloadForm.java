package dev.emend.delta;

/** How the values of a payload are written: byte 7 of its header. */
enum PayloadForm {
  /** Little-endian 32-bit floats. */
  PLAIN(0),
  /** The exponents compressed, the other bits as they are; see {@link ExponentPlane}. */
  EXPONENTS_APART(1);

  private final byte code;

  PayloadForm(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static PayloadForm of(byte code) {
    for (PayloadForm form : values()) {
      if (form.code == code) {
        return form;
      }
    }
    throw new IllegalArgumentException("has the unknown transform " + code);
  }
}
