using System.Text;
using System.Text.Json;
using Paddock.Core.Approvals;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Store.Approvals;
using Paddock.Store.Containments;

namespace Paddock.Store.Tests.Audit;

/// <summary>No control change without its entry, and no entry without its change; on both databases.</summary>
public class ChangeEntryTests
{
    /// <summary>What only reads.</summary>
    private static readonly string[] reads =
        ["LoadAsync", "FindAsync", "ListAsync", "ActiveAsync", nameof(IMitigationStore.StandingAsync), nameof(IIncidents.TimelineAsync), nameof(IIncidents.OnCallAsync), nameof(IReleaseStore.ActivationsAsync), nameof(IApprovals.CountAsync), nameof(IApprovals.FiguresAsync), nameof(ISignInStore.FindAccountAsync), nameof(ISignInStore.FindExternalAsync), nameof(ISignInStore.FindDeviceAsync), nameof(ISignInStore.IsGoodAsync)];

    /// <summary>What changes nothing that anybody may do or has decided.</summary>
    private static readonly string[] notes =
    [
        nameof(IIdentityStore.SetLastUsedAsync), nameof(IApprovals.NoteSeenAsync), nameof(ISignInStore.NoteSuccessAsync), nameof(ISignInStore.NoteAttemptAsync), nameof(ISignInStore.AddTicketAsync), nameof(ISignInStore.TakeTicketAsync),
        nameof(ISignInStore.AnswerDeviceAsync), nameof(ISignInStore.PollDeviceAsync), nameof(IIncidents.TellAsync),
    ];

    public static TheoryData<Engine, string> Cases()
    {
        var cases = new TheoryData<Engine, string>();
        foreach (var deed in Deeds.All.Keys)
        {
            cases.Add(Engine.Sqlite, deed);
            cases.Add(Engine.Postgres, deed);
        }

        return cases;
    }

    [Fact]
    public void Every_method_that_changes_something_is_tried()
    {
        var methods = new[] { typeof(IIdentityStore), typeof(ISignInStore), typeof(IReleaseStore), typeof(IContainmentStore), typeof(IMitigationStore), typeof(IIncidents), typeof(IApprovals) }.SelectMany(type => type.GetMethods()).Select(method => method.Name).Distinct();
        var others = new[] { nameof(ContainmentStore.LapseAsync), nameof(ApprovalClock.LookAsync) };

        methods.Except(reads).Except(notes).Concat(others).Order().ShouldBe(Deeds.All.Values.Select(deed => deed.Method).Distinct().Order());
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_change_says_what_it_is_once_and_nothing_when_nothing_was_changed_or_it_broke(Engine engine, string name)
    {
        var deed = Deeds.All[name];
        await using var store = await StoreUnderTest.StartAsync(engine, wire: FailingDatabase.Wire);
        var act = await deed.Prepare(store);
        var names = store.Live.Current.Principals.ToDictionary(one => one.Id.Value, one => one.Name);
        var before = await EntriesAsync(store, names, []);

        store.Get<FailingDatabase>().Fails = true;
        await Should.ThrowAsync<FailingDatabase.BrokenException>(act);
        (await EntriesAsync(store, names, before.Keys)).ShouldBeEmpty();

        store.Get<FailingDatabase>().Fails = false;
        await act();
        var first = await EntriesAsync(store, names, before.Keys);
        first.Values.Order().ShouldBe(deed.Says.Order());

        await Record.ExceptionAsync(act); // a key that is there already cannot be made again
        (await EntriesAsync(store, names, before.Keys.Concat(first.Keys))).Values.Order().ShouldBe(deed.SaysAgain.Order());
    }

    /// <summary>Entries that are there beside the known ones: act, and who; people by their names, keys where one was shown.</summary>
    private static async Task<Dictionary<string, string>> EntriesAsync(StoreUnderTest store, Dictionary<string, string> names, IEnumerable<string> known)
    {
        var seen = known.ToHashSet();
        var said = new Dictionary<string, string>();
        foreach (var text in (await store.QueryAsync<byte[]>("SELECT entry FROM audit_entries WHERE act <> 'tool.intent' AND act NOT LIKE 'audit.shard%'")).Select(Encoding.UTF8.GetString))
        {
            var entry = JsonDocument.Parse(text).RootElement;
            var actor = entry.GetProperty("actor");
            var id = actor.GetProperty("id").GetString() ?? "";
            var who = names.TryGetValue(id, out var person) ? person : actor.TryGetProperty("via", out var via) ? $"{id} {via}" : id;
            if (!seen.Contains(text))
            {
                said[text] = $"{entry.GetProperty("act").GetString()} {who}";
            }
        }

        return said;
    }
}
