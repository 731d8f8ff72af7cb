using System.Text.Json.Serialization;
using Paddock.Control.Agents;
using Paddock.Control.Alerts;
using Paddock.Control.Approvals;
using Paddock.Control.Audit;
using Paddock.Control.Audit.Payloads;
using Paddock.Control.Budgets;
using Paddock.Control.Containments;
using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Control.Installation;
using Paddock.Control.Ledger;
using Paddock.Control.Metrics;
using Paddock.Control.Modes;
using Paddock.Control.Policies;
using Paddock.Control.Releases;
using Paddock.Control.Runbooks;
using Paddock.Control.Scm;
using Paddock.Control.Tasks;

namespace Paddock.Control;

/// <summary>JSON of the control API. Unknown and duplicate members are refused: what an operator meant and mistyped must not pass silently.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateKeyInput))]
[JsonSerializable(typeof(ReportTaken))]
[JsonSerializable(typeof(RotateKeyInput))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(CreateUserInput))]
[JsonSerializable(typeof(ChangeUserInput))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(ClientList))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(ReleaseInput))]
[JsonSerializable(typeof(ReleaseView))]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(ExplainInput))]
[JsonSerializable(typeof(ExplanationView))]
[JsonSerializable(typeof(ReplayInput))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(CallList))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(ProviderList))]
[JsonSerializable(typeof(BudgetList))]
[JsonSerializable(typeof(MetricsView))]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(TaskDetails))]
[JsonSerializable(typeof(JudgeInput))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(RunbookList))]
[JsonSerializable(typeof(RunbookView))]
[JsonSerializable(typeof(RunInput))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(RunPlan))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(AnswerInput))]
[JsonSerializable(typeof(UndoInput))]
[JsonSerializable(typeof(DrillView))]
[JsonSerializable(typeof(DrillStatus))]
[JsonSerializable(typeof(MitigationList))]
[JsonSerializable(typeof(MitigationView))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(IncidentView))]
[JsonSerializable(typeof(IncidentDetails))]
[JsonSerializable(typeof(OpenIncidentInput))]
[JsonSerializable(typeof(IncidentChangeInput))]
[JsonSerializable(typeof(PostmortemInput))]
[JsonSerializable(typeof(PostmortemView))]
[JsonSerializable(typeof(OnCallInput))]
[JsonSerializable(typeof(OnCallView))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(SilenceInput))]
[JsonSerializable(typeof(SilenceView))]
[JsonSerializable(typeof(SilenceList))]
[JsonSerializable(typeof(TeamProfileList))]
[JsonSerializable(typeof(TeamProfileFiles))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(ApproveInput))]
[JsonSerializable(typeof(DecisionInput))]
[JsonSerializable(typeof(ApproverList))]
[JsonSerializable(typeof(DecisionList))]
[JsonSerializable(typeof(DecisionView))]
[JsonSerializable(typeof(ContainInput))]
[JsonSerializable(typeof(NewContainment))]
[JsonSerializable(typeof(ContainmentList))]
[JsonSerializable(typeof(ContainmentView))]
[JsonSerializable(typeof(LiftInput))]
[JsonSerializable(typeof(BreakGlassInput))]
[JsonSerializable(typeof(BreakGlassView))]
[JsonSerializable(typeof(ReconcileView))]
[JsonSerializable(typeof(EntryList))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(ShardList))]
[JsonSerializable(typeof(LogCareInput))]
[JsonSerializable(typeof(RemoveShardInput))]
[JsonSerializable(typeof(LogCareView))]
[JsonSerializable(typeof(ContentList))]
[JsonSerializable(typeof(ReadContentInput))]
[JsonSerializable(typeof(ContentReading))]
[JsonSerializable(typeof(RedactInput))]
[JsonSerializable(typeof(RedactionView))]
[JsonSerializable(typeof(ShredInput))]
[JsonSerializable(typeof(ShreddingView))]
[JsonSerializable(typeof(DataKeyList))]
[JsonSerializable(typeof(HoldInput))]
[JsonSerializable(typeof(EndHoldInput))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(HoldList))]
[JsonSerializable(typeof(RetentionView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ControlJson : JsonSerializerContext;
