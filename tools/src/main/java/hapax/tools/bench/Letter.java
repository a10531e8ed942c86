package hapax.tools.bench;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One message before it is delivered: everything but what the servers on the way add.
 *
 * @param date its Date field
 */
record Letter(
    String from,
    String subject,
    String date,
    String type,
    String text,
    List<Attachment> files,
    MailProgram program,
    long number) {
  /** The message as it lies in one person's mailbox. */
  String deliveredTo(String user, SplittableRandom random) {
    StringBuilder message = new StringBuilder();
    message
        .append("Return-Path: <" + from + ">\nDelivered-To: " + user + "@office.example\n")
        .append("Received: from mx" + random.nextInt(4) + ".office.example (10.0.0.")
        .append(random.nextInt(250) + ")\n\tby store.office.example with LMTP id ")
        .append(Long.toHexString(random.nextLong()) + "\n\tfor <" + user + "@office.example>; ")
        .append(date + "\n");
    return message + sent(user + "@office.example");
  }

  /** The message as its sender keeps it. */
  String sent(String to) {
    String head =
        "From: "
            + from
            + "\nTo: "
            + to
            + "\nSubject: "
            + subject
            + "\nDate: "
            + date
            + "\nMessage-ID: <"
            + Long.toHexString(number * 0x9E3779B97F4A7C15L)
            + "@office.example>\nMIME-Version: 1.0\n";
    String body = "Content-Type: " + type + "; charset=utf-8\n\n" + text;
    return head + (files.isEmpty() ? body : multipart(body));
  }

  private String multipart(String first) {
    String boundary = "=_" + Long.toHexString(number * 0xD1B54A32D192ED03L);
    StringBuilder body = new StringBuilder();
    body.append("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n");
    body.append("--" + boundary + "\n" + first + "\n");
    for (Attachment file : files) {
      body.append("--" + boundary + "\nContent-Type: " + file.type())
          .append("; name=\"" + file.name() + "\"\nContent-Transfer-Encoding: base64\n")
          .append("Content-Disposition: attachment; filename=\"" + file.name() + "\"\n\n")
          .append(program.base64(file.content()))
          .append('\n');
    }
    return body.append("--" + boundary + "--\n").toString();
  }
}
