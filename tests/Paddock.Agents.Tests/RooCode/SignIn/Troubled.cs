using System.Reflection;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>Stands before an interface of the store; what is in memory is not touched. Public and open, as proxies are made from it.</summary>
public class Troubled : DispatchProxy
{
    private StoreTrouble trouble = null!; // set before anybody calls
    private object inner = null!; // as the trouble

    internal void Begin(StoreTrouble with, object before) => (trouble, inner) = (with, before);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (args?.LastOrDefault() is CancellationToken cancellationToken)
        {
            if (trouble.Fault is { } fault)
            {
                throw fault;
            }

            if (trouble.Hangs && targetMethod.ReturnType == typeof(Task))
            {
                return trouble.NeverAsync(cancellationToken);
            }
        }

        return targetMethod.Invoke(inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
