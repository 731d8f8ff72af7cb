using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Tests.Audit.Payloads;

public sealed class PayloadMarkTests
{
    private static readonly DateTimeOffset november = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_entry_says_of_kept_content_what_the_content_proves()
    {
        var salt = new byte[32];
        var id = PayloadId.Create(Guid.Parse("01976f20-0000-7000-8000-000000000001"));
        var mark = new PayloadMark.Kept("args", id, Disclosure.Commit(salt, "text"u8), 4, DataKeyId.Create("restricted", november, [1, 2, 3, 4, 5, 6, 7, 8]));

        var entry = Entry(mark);

        Encoding.UTF8.GetString(entry.Span).ShouldContain(
            $$"""
            "payload":[{"alg":"HS256","c":"{{Convert.ToBase64String(Disclosure.Commit(salt, "text"u8))}}","cls":"restricted","f":"args","id":"pay_01976f20000070008000000000000001","key":"dek_restricted_2026-11_0102030405060708","len":4}]
            """);
        Disclosure.FieldOf(entry, salt, "text"u8).ShouldBe("args");
        Disclosure.FieldOf(entry, salt, "Text"u8).ShouldBeNull();
    }

    [Theory]
    [InlineData(UnkeptReason.Late, "late")]
    [InlineData(UnkeptReason.Failed, "failed")]
    [InlineData(UnkeptReason.Large, "large")]
    [InlineData(UnkeptReason.Redacted, "redacted")]
    public void An_entry_says_why_content_was_not_kept_beside_the_ordinary_commitment(UnkeptReason why, string said)
    {
        var text = Encoding.UTF8.GetString(Entry(new PayloadMark.Unkept("args", "content", "text"u8.ToArray(), why)).Span);

        text.ShouldContain("\"payload\":[{\"alg\":\"HS256\",\"c\":\"");
        text.ShouldContain($"\"cls\":\"content\",\"f\":\"args\",\"key\":\"k\",\"len\":4,\"unkept\":\"{said}\"}}]");
    }

    [Fact]
    public void An_entry_with_the_most_targets_is_no_longer_than_an_entry_may_be()
    {
        var targets = Enumerable.Range(0, PayloadEntries.MostTargets).Select(_ => PayloadId.Create(Guid.CreateVersion7(november))).ToList();

        AuditEntry.Of(PayloadEntries.Redacted(targets, AuditActor.Clock, "x"), Guid.CreateVersion7(november), november, new("k", new byte[32])).Ref.ShouldBeNull();
    }

    [Theory]
    [InlineData(HoldKind.Everything, "x")]
    [InlineData(HoldKind.Task, null)]
    [InlineData(HoldKind.Class, "")]
    public void A_hold_that_is_on_nothing_or_on_something_and_everything_is_none(HoldKind kind, string? subject) =>
        Should.Throw<ArgumentException>(() => HoldScope.Of(kind, subject));

    [Theory]
    [InlineData("pay_01976f2000007000800000000000000")]
    [InlineData("hold_01976f20000070008000000000000001")]
    [InlineData("pay_01976F20000070008000000000000001")]
    [InlineData(null)]
    public void What_is_no_id_of_a_payload_is_not_taken_for_one(string? text) => PayloadId.TryParse(text, out _).ShouldBeFalse();

    private static ReadOnlyMemory<byte> Entry(PayloadMark mark) => AuditEntry.Of(
        new() { Act = AuditActs.ToolOutcome, Actor = AuditActor.Clock, Facts = [PayloadMark.Fact(mark)] }, Guid.CreateVersion7(november), november, new("k", new byte[32])).Bytes;
}
