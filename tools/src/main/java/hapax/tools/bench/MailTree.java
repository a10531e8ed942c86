package hapax.tools.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes generated mail as Maildirs, {@code FOLDER/user/Maildir}; the same seed, the same mail. */
public final class MailTree {
  private static final long FIRST_SECOND = 1_700_000_000;
  private static final int REMEMBERED = 400;
  private static final List<MailProgram> PROGRAMS = List.of(MailProgram.values());

  private final Profile profile;
  private final SplittableRandom random;
  private final Prose prose;
  private final Path folder;
  private final List<Attachment> logos = new ArrayList<>();
  private final List<Attachment> sentBefore = new ArrayList<>();
  private String quoted = "";
  private long letters;
  private long messages;
  private long bytes;

  private MailTree(Profile profile, long seed, Path folder) {
    this.profile = profile;
    this.random = new SplittableRandom(seed);
    this.prose = new Prose(random.split());
    this.folder = folder;
    for (int i = 0; i < 12; i++) {
      logos.add(Attachment.logo(random));
    }
  }

  /**
   * What was written.
   *
   * @param messages files
   * @param bytes their lengths added up
   */
  public record Written(long messages, long bytes) {}

  /** Writes at least {@code messages} messages into {@code folder}. */
  public static Written write(Profile profile, long seed, long messages, Path folder)
      throws IOException {
    MailTree tree = new MailTree(profile, seed, folder);
    tree.makeFolders();
    while (tree.messages < messages) {
      tree.deliver();
    }
    return new Written(tree.messages, tree.bytes);
  }

  private void makeFolders() throws IOException {
    for (int user = 0; user < profile.users(); user++) {
      for (String part : List.of("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp")) {
        Files.createDirectories(maildir(user).resolve(part));
      }
    }
  }

  private Path maildir(int user) {
    return folder.resolve(name(user)).resolve("Maildir");
  }

  private static String name(int user) {
    return "user" + user;
  }

  private void deliver() throws IOException {
    letters++;
    if (random.nextDouble() < profile.newsletters()) {
      Letter letter = newsletter();
      for (int user = 0; user < profile.users(); user++) {
        if (random.nextInt(3) > 0) {
          write(user, "cur", letter.deliveredTo(name(user), random));
        }
      }
      return;
    }
    int sender = random.nextInt(2 * profile.users());
    Letter letter = letter(sender);
    int receivers = 1 + (random.nextInt(3) == 0 ? random.nextInt(6) : 0);
    for (int i = 0; i < Math.min(receivers, profile.users()); i++) {
      int user = (sender + 1 + random.nextInt(profile.users())) % profile.users();
      write(user, "cur", letter.deliveredTo(name(user), random));
    }
    if (sender < profile.users()) {
      write(sender, ".Sent/cur", letter.sent("all@office.example"));
    }
  }

  private Letter letter(int sender) {
    int length = 300 + random.nextInt(2_400);
    String text = prose.lines(random, length, "");
    String answered = random.nextInt(3) == 0 ? "" : quoted;
    quoted = text.length() + answered.length() < 20_000 ? ("> " + text.replace("\n", "\n> ")) : "";
    return new Letter(
        "person" + sender + "@office.example",
        prose.word(random) + " " + prose.word(random),
        date(),
        "text/plain",
        text + answered,
        files(),
        PROGRAMS.get(random.nextInt(PROGRAMS.size())),
        letters);
  }

  private List<Attachment> files() {
    List<Attachment> files = new ArrayList<>();
    if (random.nextDouble() < profile.withFiles()) {
      boolean forward = !sentBefore.isEmpty() && random.nextDouble() < profile.forwards();
      for (int i = random.nextInt(8) == 0 ? 3 : 1; i > 0; i--) {
        Attachment file =
            forward
                ? sentBefore.get(random.nextInt(sentBefore.size()))
                : Attachment.any(random, prose);
        files.add(file);
        remember(file);
      }
    }
    if (profile.withFiles() > 0 && random.nextInt(5) == 0) {
      files.add(logos.get(random.nextInt(logos.size())));
    }
    return files;
  }

  private void remember(Attachment file) {
    if (sentBefore.size() < REMEMBERED) {
      sentBefore.add(file);
    } else {
      sentBefore.set(random.nextInt(REMEMBERED), file);
    }
  }

  private Letter newsletter() {
    String text = "<html><body>" + prose.lines(random, 9_000, "<p>") + "</body></html>\n";
    int list = random.nextInt(logos.size());
    return new Letter(
        "news" + list + "@list.example",
        "News " + letters,
        date(),
        "text/html",
        text,
        profile.withFiles() > 0 ? List.of(logos.get(list)) : List.of(),
        MailProgram.USUAL,
        letters);
  }

  private String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochSecond(FIRST_SECOND + 600 * letters).atOffset(ZoneOffset.UTC));
  }

  private void write(int user, String part, String message) throws IOException {
    byte[] content = message.getBytes(StandardCharsets.UTF_8);
    long second = FIRST_SECOND + 600 * letters;
    Path file = maildir(user).resolve(part).resolve(second + ".M" + messages + ".office:2,S");
    Files.write(file, content);
    messages++;
    bytes += content.length;
  }
}
