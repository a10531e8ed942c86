package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The worked examples of the RFCs. */
final class DkimRfcTest {
  private static final String RFC_6376_KEY =
      "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ"
          + "DwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
          + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7"
          + "od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfV"
          + "jH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

  private static final String RFC_6376_MESSAGE =
      """
      DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
            c=simple/simple; q=dns/txt; i=joe@football.example.com;
            h=Received : From : To : Subject : Date : Message-ID;
            bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
            b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
            4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
            KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
            4bmp/YzhwvcubU4=;
      Received: from client1.football.example.com  [192.0.2.1]
            by submitserver.example.com with SUBMISSION;
            Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game. Are you hungry yet?

      Joe.
      """;

  static final String RFC_8463_MESSAGE =
      """
      DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=brisbane; t=1528637909; h=from : to :
       subject : date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
       Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
      DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=test; t=1528637909; h=from : to : subject :
       date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
       DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
       dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.  Are you hungry yet?

      Joe.
      """;

  static final Keys RFC_8463_KEYS =
      Messages.keys(
          """
          brisbane._domainkey.football.example.com. IN TXT (
           "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
          test._domainkey.football.example.com TXT "v=DKIM1; k=rsa; \
          p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR" \
           "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC" \
           "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3" \
           "Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
          """);

  @Test
  void exampleOfRfc6376ShouldVerify() {
    Keys keys = Messages.keys("brisbane._domainkey.example.com TXT " + RFC_6376_KEY);
    List<Verdict> verdicts = Messages.check(keys, Messages.crlf(RFC_6376_MESSAGE));
    assertEquals(1, verdicts.size());
    Verdict verdict = verdicts.get(0);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals("brisbane._domainkey.example.com", verdict.signer());
    assertEquals(LineEnds.AS_KEPT, verdict.lineEnds());
    assertEquals(Strength.FULL, verdict.strength());
  }

  @Test
  void exampleOfRfc6376WithoutItsKeyShouldSayThatTheKeyIsMissing() {
    Verdict verdict = Messages.check(Keys.none(), Messages.crlf(RFC_6376_MESSAGE)).get(0);
    assertEquals(Outcome.NO_KEY, verdict.outcome());
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.BODY_DIGEST));
    assertEquals(Answer.NO, Messages.answer(verdict, Aspect.KEY));
    assertEquals(Answer.CANNOT_TELL, Messages.answer(verdict, Aspect.SIGNATURE));
  }

  @Test
  void bothSignaturesOfRfc8463ShouldVerify() {
    List<Verdict> verdicts = Messages.check(RFC_8463_KEYS, Messages.crlf(RFC_8463_MESSAGE));
    assertEquals(
        List.of("ed25519-sha256", "rsa-sha256"),
        verdicts.stream().map(Verdict::algorithm).toList());
    assertTrue(
        verdicts.stream().allMatch(v -> v.outcome() == Outcome.VERIFIED), verdicts::toString);
  }

  @Test
  void signaturesOverCrlfShouldBeFoundInMailKeptWithLineFeeds() {
    for (Verdict verdict : Messages.check(RFC_8463_KEYS, Messages.bytes(RFC_8463_MESSAGE))) {
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(LineEnds.CRLF, verdict.lineEnds());
    }
  }

  @Test
  void changedExamplesShouldFail() {
    Keys keys = Messages.keys("brisbane._domainkey.example.com TXT " + RFC_6376_KEY);
    for (String[] change :
        List.of(
            new String[] {"hungry", "Hungry"},
            new String[] {"Joe SixPack", "Joe Sixpack"},
            new String[] {"lost the", "lost  the"})) {
      String changed = RFC_6376_MESSAGE.replace(change[0], change[1]);
      Verdict verdict = Messages.check(keys, Messages.crlf(changed)).get(0);
      assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
    }
    for (String[] change :
        List.of(new String[] {"Joe.", "Jon."}, new String[] {"Subject: Is", "Subject: Was"})) {
      String changed = RFC_8463_MESSAGE.replace(change[0], change[1]);
      for (Verdict verdict : Messages.check(RFC_8463_KEYS, Messages.crlf(changed))) {
        assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
      }
    }
  }
}
