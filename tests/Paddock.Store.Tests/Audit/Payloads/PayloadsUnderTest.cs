using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>A store of kept content and short words for what tests do with it.</summary>
internal static class PayloadsUnderTest
{
    public static readonly AuditActor Officer = AuditActor.Of("usr_officer", "key_1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static PayloadCapture Capture(string text, string? task = "tsk_1", string cls = "content", string principal = "usr_1") => new("args", cls, task, principal, Encoding.UTF8.GetBytes(text));

    public static Task<PayloadMark> KeepAsync(this StoreUnderTest store, PayloadCapture what) => store.Get<IPayloads>().KeepAsync(what, Cancellation);

    public static async Task<PayloadMark.Kept> KeptAsync(this StoreUnderTest store, string text, string? task = "tsk_1", string cls = "content", string principal = "usr_1") =>
        (await store.KeepAsync(Capture(text, task, cls, principal))).ShouldBeOfType<PayloadMark.Kept>();

    public static Task<PayloadReading> ReadAsync(this StoreUnderTest store, PayloadId id) => store.Get<IPayloads>().ReadAsync(id, Officer, "looked", Cancellation);

    public static async Task<string> TextAsync(this StoreUnderTest store, PayloadId id) =>
        Encoding.UTF8.GetString((await store.ReadAsync(id)).ShouldBeOfType<PayloadReading.Content>().Bytes.Span);

    public static Task<Redaction> RedactAsync(this StoreUnderTest store, PayloadSelection which) => store.Get<IPayloads>().RedactAsync(which, Officer, "asked for", Cancellation);

    public static Task<Redaction> RedactAsync(this StoreUnderTest store, params PayloadId[] ids) => store.RedactAsync(new PayloadSelection { Ids = [.. ids] });

    public static Task<Shredding> ShredAsync(this StoreUnderTest store, DataKeyId key) => store.Get<IPayloads>().ShredAsync(key, Officer, "asked for", Cancellation);

    public static Task<LegalHold> HoldAsync(this StoreUnderTest store, HoldScope scope) => store.Get<IPayloads>().HoldAsync(scope, Officer, "a case", Cancellation);

    public static Task LookAsync(this StoreUnderTest store) => store.Get<PayloadUpkeep>().LookAsync(Cancellation);

    /// <summary>Completes when nothing is left of what was erased: other parts of the store may be reading.</summary>
    public static async Task SettleAsync(this StoreUnderTest store)
    {
        await store.LookAsync();
        while (store.Get<ErasureTraces>().AreLeft)
        {
            await store.LookAsync();
        }
    }

    /// <summary>What the log says of kept content, by name: the clock stands still, so entries have no order.</summary>
    public static Task<List<string>> ActsAsync(this StoreUnderTest store) => store.QueryAsync<string>(
        $"SELECT act FROM audit_entries WHERE act IN ('{AuditActs.Redacted}', '{AuditActs.Shredded}', '{AuditActs.ContentRead}', '{AuditActs.Held}', '{AuditActs.HoldEnded}') ORDER BY act");
}
