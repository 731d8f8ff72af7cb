namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Shells, and commands built into them.</summary>
internal static class ShellTable
{
    public const string Lines = """
        sh,bash,dash,zsh,ksh,ash,mksh,rbash shell -c -l -i -e -u -x -v -n -f -h -m -p -r -s -a -b -k -t -B -C -E -H -P -T -o: -O: +o: +O: +e +u +x +v +f +m --login --norc --noprofile --posix
          --restricted --verbose --noediting --interactive --version:asks --help:asks --rcfile:dark --init-file:dark --debugger:dark
        fish,csh,tcsh,xonsh,nu,elvish interp -c:darkline --command:darkline -C:darkline --init-command:darkline -l -i -e --login --interactive --version:asks -v:asks --help:asks
        pwsh,powershell,cmd tool +windows
        wscript,cscript,mshta,rundll32,regsvr32,schtasks,wmic,forfiles,runas,psexec,msiexec,bitsadmin,certutil,installutil,conhost,wt,explorer,reg,netsh dark
        eval darkline
        source,. interp +lax
        exec wrap -a: -c -l
        command wrap -p -v:asks -V:asks
        builtin wrap
        time wrap -p -v -a -l -f: -o:write --format: --output:write --append --verbose --portability
        trap line own +first -l:asks -p:asks
        alias,enable,bind,complete,compgen,compdef,fc,let,autoload,zmodload,emulate,sched,vared,zle,funced,functions,abbr,coproc,select,foreach,repeat dark
        begin,and,or,not,noglob,nocorrect wrap
        hash tool -p:dark
        jobs tool -x:dark
        history tool -s:dark -r:dark -p:dark
        shopt tool ~alias ~extdebug
        set tool -H:dark ~histexpand ~allexport
        mapfile,readarray tool -C:dark ~[
        read,unset,wait tool ~[
        getopts tool ~[
        printf tool -v:dark
        export,declare,typeset,local,readonly tool assign -n:dark -i:dark -f:dark
        test,[ tool ~$( ~`
        cd,pushd tool path -P -L -e -n
        umask,ulimit,popd,dirs,pwd,true,false,:,echo,exit,return,break,continue,shift,kill,disown,bg,fg,type,which,whoami,date,sleep tool
        """;
}
